//! `GET /images/{userId}/{imageId}`: a member's picture, for whoever has its address.
//!
//! The member's own record says whether it is theirs, so that a picture is gone from here in the moment in which
//! it is replaced, or its owner's account closed, whenever its file is erased.

use garde::Validate;
use http::{HeaderValue, header};
use maru_lambda::{Call, Problem, Reply, Stranger};
use serde::Deserialize;

use crate::image::ImageId;
use crate::images::Images;
use crate::members::Standing;
use crate::store::Store;

/// Which picture of whom, by its file.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct ImagePath {
    #[garde(custom(word), length(bytes, min = 1, max = 64))]
    user_id: String,
    #[garde(skip)]
    image_id: ImageId,
}

pub async fn handle(
    (store, images): (Store, Images),
    call: Call<Stranger, ImagePath>,
) -> Result<Reply, Problem> {
    let ImagePath { user_id, image_id } = &call.path;
    match store.standing(user_id).await? {
        Standing::Open(member) if member.image.as_ref().is_some_and(|image| image.file == *image_id) => {}
        Standing::Open(_) | Standing::Closed | Standing::Nobody => return Err(Problem::not_found()),
    }
    let url = images.view_url(user_id, image_id).await?;
    // For less time than the address is good.
    let remembered = HeaderValue::from_static("private, max-age=600");
    Ok(Reply::redirect(&url).with_header(header::CACHE_CONTROL, remembered))
}

/// It goes into the key of an object, so it is nothing that could lead to another one.
fn word(text: &str, (): &()) -> garde::Result {
    let good = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if good { Ok(()) } else { Err(garde::Error::new("is no id")) }
}

//! `POST /me/images`: where to upload a picture. `PATCH /me` with its id then makes it the caller's.

use garde::Validate;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Member, Problem, Reply};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::image::{ImageId, LARGEST, MediaType};
use crate::images::{Images, UPLOAD_LASTS};
use crate::members::Standing;
use crate::store::Store;

/// What will be uploaded.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CreateImageUpload {
    #[garde(skip)]
    content_type: MediaType,
    /// The file's length in bytes.
    #[garde(range(min = 1, max = LARGEST))]
    size: u64,
}

/// How to upload it: with this method, these headers, and exactly as many bytes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageUpload {
    image_id: ImageId,
    method: &'static str,
    url: String,
    headers: UploadHeaders,
    expires_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct UploadHeaders {
    #[serde(rename = "content-type")]
    content_type: &'static str,
}

type Announcing = Call<Member, Nothing, Nothing, CreateImageUpload>;

pub async fn handle((store, images): (Store, Images), call: Announcing) -> Result<Reply, Problem> {
    // Nobody erases what comes after the erasure. Who has not arrived yet does so with `PATCH /me`.
    if store.standing(&call.caller.id).await? == Standing::Closed {
        return Err(Error::Closed.into());
    }
    let work = async |attempt| address(&images, &call, ImageId::of(&attempt)).await;
    store.table().idempotent("create_image_upload", &call.request, work).await
}

async fn address(images: &Images, call: &Announcing, image_id: ImageId) -> Result<Reply, Problem> {
    let (now, &CreateImageUpload { content_type, size }) = (call.request.now, &call.body);
    let url = images.upload_url(&call.caller.id, &image_id, content_type, size).await?;
    let lasts = SignedDuration::try_from(UPLOAD_LASTS).map_err(Problem::internal)?;
    let upload = ImageUpload {
        image_id,
        method: "PUT",
        url,
        headers: UploadHeaders { content_type: content_type.name() },
        expires_at: now.saturating_add(lasts).unwrap_or(now),
    };
    Ok(Reply::json(StatusCode::CREATED, &upload))
}

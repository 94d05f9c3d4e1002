//! `POST /missions/assignments/{assignmentId}/photo`: where to upload the photo that is to show the mission.

use std::time::Duration;

use community_rules::photo::{LARGEST, MediaType};
use garde::Validate;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Member, Problem, Reply};
use maru_store::{Attempt, Limit};
use serde::{Deserialize, Serialize};

use super::AssignmentPath;
use crate::error::Error;
use crate::missions::assignment::Photo;
use crate::photos::{Photos, UPLOAD_LASTS};
use crate::store::Store;

/// How many photos a member may announce on a day: twice as many as are looked at of three missions.
pub const ANNOUNCED: Limit = Limit { name: "mission-photos", per: Duration::from_hours(24), most: 30 };

/// What will be uploaded.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CreatePhoto {
    #[garde(skip)]
    content_type: MediaType,
    /// The file's length in bytes.
    #[garde(range(min = 1, max = LARGEST))]
    bytes: u64,
}

/// How to upload it: with this method, these headers, and exactly as many bytes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhotoUpload {
    photo_id: String,
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

type Announcing = Call<Member, AssignmentPath, Nothing, CreatePhoto>;

pub async fn handle((store, photos): (Store, Photos), call: Announcing) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        let &CreatePhoto { content_type, bytes } = &call.body;
        let photo = Photo { id: attempt.id("pho"), content_type, bytes };
        Ok(announce(&store, &photos, &call, photo).await?)
    };
    store.table().idempotent("create_mission_photo", &call.request, work).await
}

async fn announce(store: &Store, photos: &Photos, call: &Announcing, photo: Photo) -> Result<Reply, Error> {
    let (member, now) = (&call.caller.id, call.request.now);
    let assignment = store.open_assignment(member, &call.path.assignment_id, now).await?;
    let _ = store.table().take(&ANNOUNCED, member, now).await?;
    store.announce(member, &assignment, &photo).await?;
    let lasts = SignedDuration::try_from(UPLOAD_LASTS).unwrap_or_default();
    let upload = PhotoUpload {
        url: photos.upload_url(member, &photo).await?,
        photo_id: photo.id,
        method: "PUT",
        headers: UploadHeaders { content_type: photo.content_type.name() },
        expires_at: now.saturating_add(lasts).unwrap_or(now),
    };
    Ok(Reply::json(StatusCode::CREATED, &upload))
}

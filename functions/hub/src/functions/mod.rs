//! One file per Lambda, named like it.

pub mod create_comment;
pub mod cron_follow_up_activity;
pub mod delete_comment;
pub mod get_hub_resume;
pub mod like_resume;
pub mod list_comments;
pub mod list_hub_resumes;
pub mod on_activity_recorded;
pub mod on_member_deleted_for_hub;
pub mod on_profile_changed_for_hub;
pub mod on_resume_deleted_for_hub;
pub mod on_resume_published;
pub mod on_resume_withdrawn;
pub mod unlike_resume;
pub mod update_comment;

use garde::Validate;
use serde::{Deserialize, Serialize};

/// Which resume.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct ResumePath {
    #[garde(length(bytes, min = 1, max = 100))]
    resume_id: String,
}

/// Which comment.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct CommentPath {
    #[garde(length(bytes, min = 1, max = 100))]
    comment_id: String,
}

/// Whether the caller likes a resume, and how many do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LikeView {
    liked: bool,
    likes: i64,
}

//! One file a Lambda.

pub mod claim_coupon;
pub mod create_coupon;
pub mod create_mission;
pub mod create_mission_photo;
pub mod create_mission_verification;
pub mod create_post;
pub mod cron_reconcile_coupons;
pub mod delete_mission;
pub mod delete_post;
pub mod draw_mission;
pub mod get_post;
pub mod list_coupons;
pub mod list_missions;
pub mod list_my_coupons;
pub mod list_my_missions;
pub mod list_posts;
pub mod list_rankings;
pub mod on_member_deleted_for_community;
pub mod on_profile_changed_for_community;
pub mod on_verification_requested;
pub mod update_mission;
pub mod update_post;
pub mod use_coupon;
pub mod vote_post;

use garde::Validate;
use serde::Deserialize;

/// Which mission.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct MissionPath {
    #[garde(length(bytes, min = 1, max = 100))]
    mission_id: String,
}

/// Which assignment of the caller's.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentPath {
    #[garde(length(bytes, min = 1, max = 100))]
    assignment_id: String,
}

/// Which post.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct PostPath {
    #[garde(length(bytes, min = 1, max = 100))]
    post_id: String,
}

/// Which coupon.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct CouponPath {
    #[garde(length(bytes, min = 1, max = 100))]
    coupon_id: String,
}

/// Which claim of the caller's.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct ClaimPath {
    #[garde(length(bytes, min = 1, max = 100))]
    claim_id: String,
}

//! The community domain through its handlers.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod claim_coupon;
mod create_coupon;
mod create_mission;
mod create_mission_photo;
mod create_mission_verification;
mod create_post;
mod cron_reconcile_coupons;
mod delete_mission;
mod delete_post;
mod draw_mission;
mod get_post;
mod hunters;
mod list_coupons;
mod list_missions;
mod list_my_coupons;
mod list_my_missions;
mod list_posts;
mod list_rankings;
mod on_member_deleted_for_community;
mod on_profile_changed_for_community;
mod on_verification_requested;
mod people;
mod update_mission;
mod update_post;
mod use_coupon;
mod vote_post;

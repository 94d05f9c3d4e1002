//! Community: photo missions for points, posts around a place, first-come coupons.
//!
//! Owns the missions, who was given which, the points, the posts with their votes, and the coupons. What the sky
//! does where a member is, it reads in the whereabouts. Hears of members only their nickname. The rules, without
//! I/O, are the crate `community_rules`.

mod coupons;
mod erasure;
mod error;
mod functions;
mod hash;
mod missions;
mod photos;
mod posts;
mod rankings;
mod store;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("list_missions", |start| start.http(list_missions::handle)),
    Function::new("create_mission", |start| start.http(create_mission::handle)),
    Function::new("update_mission", |start| start.http(update_mission::handle)),
    Function::new("delete_mission", |start| start.http(delete_mission::handle)),
    Function::new("draw_mission", |start| start.http(draw_mission::handle)),
    Function::new("list_my_missions", |start| start.http(list_my_missions::handle)),
    Function::new("create_mission_photo", |start| start.http(create_mission_photo::handle)),
    Function::new("create_mission_verification", |start| start.http(create_mission_verification::handle)),
    Function::new("on_verification_requested", |start| start.queue(on_verification_requested::handle)),
    Function::new("list_rankings", |start| start.http(list_rankings::handle)),
    Function::new("create_post", |start| start.http(create_post::handle)),
    Function::new("list_posts", |start| start.http(list_posts::handle)),
    Function::new("get_post", |start| start.http(get_post::handle)),
    Function::new("update_post", |start| start.http(update_post::handle)),
    Function::new("delete_post", |start| start.http(delete_post::handle)),
    Function::new("vote_post", |start| start.http(vote_post::handle)),
    Function::new("create_coupon", |start| start.http(create_coupon::handle)),
    Function::new("list_coupons", |start| start.http(list_coupons::handle)),
    Function::new("claim_coupon", |start| start.http(claim_coupon::handle)),
    Function::new("list_my_coupons", |start| start.http(list_my_coupons::handle)),
    Function::new("use_coupon", |start| start.http(use_coupon::handle)),
    Function::new("cron_reconcile_coupons", |start| start.schedule(cron_reconcile_coupons::handle)),
    Function::new("on_member_deleted_for_community", |start| {
        start.event(on_member_deleted_for_community::handle)
    }),
    Function::new("on_profile_changed_for_community", |start| {
        start.event(on_profile_changed_for_community::handle)
    }),
];

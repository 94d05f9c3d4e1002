//! Hub: public resumes, to be found, read, liked and talked about.
//!
//! Owns the lists in every order and filter, the counts, the likes and the comments. What is public, and what
//! it says, is not its own: it is read in the publications, at every answer. Hears of members only their
//! nickname, and tells them of likes and comments through a queue.

mod activity;
mod comments;
mod counts;
mod erasure;
mod error;
mod follow_up;
mod functions;
mod likes;
mod lists;
mod notices;
mod readers;
mod remains;
mod store;
mod views;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("list_hub_resumes", |start| start.http(list_hub_resumes::handle)),
    Function::new("get_hub_resume", |start| start.http(get_hub_resume::handle)),
    Function::new("like_resume", |start| start.http(like_resume::handle)),
    Function::new("unlike_resume", |start| start.http(unlike_resume::handle)),
    Function::new("list_comments", |start| start.http(list_comments::handle)),
    Function::new("create_comment", |start| start.http(create_comment::handle)),
    Function::new("update_comment", |start| start.http(update_comment::handle)),
    Function::new("delete_comment", |start| start.http(delete_comment::handle)),
    Function::new("on_resume_published", |start| start.event(on_resume_published::handle)),
    Function::new("on_resume_withdrawn", |start| start.event(on_resume_withdrawn::handle)),
    Function::new("on_resume_deleted_for_hub", |start| start.event(on_resume_deleted_for_hub::handle)),
    Function::new("on_activity_recorded", |start| start.queue(on_activity_recorded::handle)),
    Function::new("on_profile_changed_for_hub", |start| start.event(on_profile_changed_for_hub::handle)),
    Function::new("on_member_deleted_for_hub", |start| start.event(on_member_deleted_for_hub::handle)),
    Function::new("cron_follow_up_activity", |start| start.schedule(cron_follow_up_activity::handle)),
];

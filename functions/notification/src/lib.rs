//! Notification: what members are told, each thing once.
//!
//! Owns the inbox of every member and what of it is read. Is told by messages in a queue, which may come late,
//! twice, or in another order than they were sent; whoever sends them does not wait.

mod acts;
mod erasure;
mod error;
mod functions;
mod inbox;
mod kind;
mod members;
mod notification;
mod record;
mod sentence;
mod store;
mod windows;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("list_notifications", |start| start.http(list_notifications::handle)),
    Function::new("update_notification", |start| start.http(update_notification::handle)),
    Function::new("read_all_notifications", |start| start.http(read_all_notifications::handle)),
    Function::new("on_notification_requested", |start| start.queue(on_notification_requested::handle)),
    Function::new("on_member_deleted_for_notification", |start| {
        start.event(on_member_deleted_for_notification::handle)
    }),
];

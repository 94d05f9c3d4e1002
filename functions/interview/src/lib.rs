//! Interview: questions about a resume that arrive while they are written, and feedback on the answers.
//!
//! Owns the history of members: interviews, their questions, the grades of answers. Asks a model. What a guest asks
//! for lives in its job alone. The rules, without I/O, are the crate `interview_rules`.

mod asker;
mod erasure;
mod error;
mod functions;
mod generation;
mod grades;
mod grading;
mod history;
mod intake;
mod interview;
mod pace;
mod queues;
mod store;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("create_interview", |start| start.http(create_interview::handle)),
    Function::new("list_interviews", |start| start.http(list_interviews::handle)),
    Function::new("get_interview", |start| start.http(get_interview::handle)),
    Function::new("delete_interview", |start| start.http(delete_interview::handle)),
    Function::new("delete_interview_question", |start| start.http(delete_interview_question::handle)),
    Function::new("create_interview_feedback", |start| start.http(create_interview_feedback::handle)),
    Function::new("on_interview_requested", |start| start.queue(on_interview_requested::handle)),
    Function::new("on_interview_generated", |start| start.queue(on_interview_generated::handle)),
    Function::new("on_feedback_requested", |start| start.queue(on_feedback_requested::handle)),
    Function::new("on_member_deleted_for_interview", |start| {
        start.event(on_member_deleted_for_interview::handle)
    }),
];

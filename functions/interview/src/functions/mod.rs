//! One file per Lambda, named like it.

pub mod create_interview;
pub mod create_interview_feedback;
pub mod delete_interview;
pub mod delete_interview_question;
pub mod get_interview;
pub mod list_interviews;
pub mod on_feedback_requested;
pub mod on_interview_generated;
pub mod on_interview_requested;
pub mod on_member_deleted_for_interview;

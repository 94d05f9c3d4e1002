//! Resume: documents that say what repositories prove, and what people make of them.
//!
//! Owns the documents with their versions, the edits that a model proposes, the credits that both take, and a
//! copy of each member's profile, plan and GitHub connection. Reads GitHub; asks a model; writes what is public
//! into the publications that the hub shows. Printing belongs to another domain.

mod accept;
mod edit;
mod entity_tag;
mod erasure;
mod error;
pub mod evidence;
pub mod facts;
mod functions;
mod generation;
mod github;
mod json_resume;
mod kept_facts;
mod prints;
mod profile;
mod provenance;
mod queues;
mod repositories;
mod repository_name;
mod resume;
mod stopped;
mod store;
mod submission;
mod writing;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("list_github_repositories", |start| start.http(list_github_repositories::handle)),
    Function::new("create_resume", |start| start.http(create_resume::handle)),
    Function::new("list_resumes", |start| start.http(list_resumes::handle)),
    Function::new("get_resume", |start| start.http(get_resume::handle)),
    Function::new("replace_resume", |start| start.http(replace_resume::handle)),
    Function::new("update_resume", |start| start.http(update_resume::handle)),
    Function::new("delete_resume", |start| start.http(delete_resume::handle)),
    Function::new("list_resume_versions", |start| start.http(list_resume_versions::handle)),
    Function::new("restore_resume_version", |start| start.http(restore_resume_version::handle)),
    Function::new("create_resume_edit", |start| start.http(create_resume_edit::handle)),
    Function::new("get_resume_edit", |start| start.http(get_resume_edit::handle)),
    Function::new("apply_resume_edit", |start| start.http(apply_resume_edit::handle)),
    Function::new("get_resume_pdf", |start| start.http(get_resume_pdf::handle)),
    Function::new("export_resume", |start| start.http(export_resume::handle)),
    Function::new("get_credits", |start| start.http(get_credits::handle)),
    Function::new("on_resume_requested", |start| start.queue(on_resume_requested::handle)),
    Function::new("on_edit_requested", |start| start.queue(on_edit_requested::handle)),
    Function::new("on_resume_deleted", |start| start.event(on_resume_deleted::handle)),
    Function::new("on_github_connected", |start| start.event(on_github_connected::handle)),
    Function::new("on_profile_changed_for_resume", |start| {
        start.event(on_profile_changed_for_resume::handle)
    }),
    Function::new("on_plan_changed_for_resume", |start| start.event(on_plan_changed_for_resume::handle)),
    Function::new("on_member_deleted_for_resume", |start| start.event(on_member_deleted_for_resume::handle)),
];

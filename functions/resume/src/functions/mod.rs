//! One file per Lambda, named like it.

pub mod apply_resume_edit;
pub mod create_resume;
pub mod create_resume_edit;
pub mod delete_resume;
pub mod export_resume;
pub mod get_credits;
pub mod get_resume;
pub mod get_resume_edit;
pub mod get_resume_pdf;
pub mod list_github_repositories;
pub mod list_resume_versions;
pub mod list_resumes;
pub mod on_edit_requested;
pub mod on_github_connected;
pub mod on_member_deleted_for_resume;
pub mod on_plan_changed_for_resume;
pub mod on_profile_changed_for_resume;
pub mod on_resume_deleted;
pub mod on_resume_requested;
pub mod replace_resume;
pub mod restore_resume_version;
pub mod update_resume;

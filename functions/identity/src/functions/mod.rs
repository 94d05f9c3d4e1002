//! The Lambdas, one module each, named like it.

pub mod complete_login;
pub mod connect_provider;
pub mod create_image_upload;
pub mod delete_me;
pub mod exchange_login_code;
pub mod get_image;
pub mod get_me;
pub mod get_nickname;
pub mod login;
pub mod logout;
pub mod on_member_deleted_for_identity;
pub mod on_plan_changed_for_identity;
pub mod refresh_tokens;
pub mod signup;
pub mod start_login;
pub mod update_me;

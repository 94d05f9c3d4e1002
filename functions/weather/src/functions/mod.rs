//! The functions, a module each.

pub mod get_survey;
pub mod get_weather;
pub mod on_advice_requested;
pub mod on_member_deleted_for_weather;
pub mod replace_survey;

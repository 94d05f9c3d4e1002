//! Which weather warnings are in force, and what changes because of them; without I/O.
//!
//! The weather service keeps a log, not a state: what was issued, changed and lifted, zone by zone and kind by kind.
//! [`fold`](fold::fold) makes of it what is in force at a moment; [`decide`](decide::decide) makes of that, and of what
//! was known before, what changes in a province, whether its room opens or closes, and what its people are told.
//!
//! | module | what |
//! |---|---|
//! | [`report`] | a row of the log |
//! | [`kind`] | kinds and levels of warnings, also those that are not known yet |
//! | [`fold`] | from the log to what is in force |
//! | [`alert`] | what is known of a warning in a province |
//! | [`decide`] | what changes |
//! | [`name`] | what a room is called |
//! | [`status`] | the service's other word on what is in force |
//!
//! Source of the codes and of the log's meaning: the guide 기상청21 (기상특보 조회서비스), edition 2026-06-01, and its log
//! as it was recorded in autumn 2026. What neither says stands where it is decided.
#![warn(missing_docs)]

pub mod alert;
pub mod decide;
pub mod fold;
pub mod kind;
pub mod name;
pub mod report;
pub mod status;

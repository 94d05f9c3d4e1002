//! The resume document: the one shape that is generated, edited, stored, printed and shared.
//!
//! Its fields are named as those of JSON Resume (<https://jsonresume.org/schema>) where that has them. What is
//! more: the statements of the summary and of the projects are objects that carry their evidence, and a
//! project may tell its story in four parts. Every text and list has a bound, so that a document is at most
//! [`MOST_BYTES`] long and fits a page layout, a database item and a message to a model.
//!
//! The resume domain writes documents; the hub and the printer read them. None of them owns the shape.
#![warn(missing_docs)]

mod basics;
mod bounds;
mod career;
mod choices;
mod document;
mod month;
mod project;
pub mod rules;
mod statement;
mod visible;

pub use basics::Basics;
pub use bounds::{MOST_BYTES, is_email_address, is_https_address, is_web_address};
pub use career::{Certificate, Education, Link, Work};
pub use choices::{EmploymentStatus, GraduationStatus, Language, Position, SchoolType, Template, WorkType};
pub use document::{Document, DocumentError};
pub use month::{Month, NotAMonth};
pub use project::{Project, Star, Troubleshooting};
pub use statement::{Evidence, EvidenceKind, Skill, Statement};
pub use visible::{has_direction_control, has_visible_character, is_direction_control};

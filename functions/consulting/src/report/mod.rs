//! The instructor's report: what learners praise, miss and ask, every claim quoted from a real text.
//!
//! A model proposes, code decides. [`write_report`] shows the model the newest texts and the dashboard's
//! numbers, takes an answer of a fixed form, and lets only what it can prove into the report and its log:
//!
//! | module | rule |
//! |---|---|
//! | `sources` | which texts are shown, and how much of each |
//! | `facts` | which numbers are shown |
//! | `answer` | the form that a model fills |
//! | `figures`, `evidence`, `summary` | what of an answer is proven; quotes by [`maru_model::find_quote`] |
//! | `coverage` | whether there is enough to say something |
//! | `part`, `prompts/` | the sections and their instructions |
//! | `material`, `document`, `assembly` | what goes in, what comes out |
//!
//! Only `writer` does I/O: it asks the model and stores its steps under the lease of the report's job.

mod answer;
mod assembly;
mod coverage;
mod document;
mod evidence;
mod facts;
mod figures;
#[cfg(test)]
mod fixtures;
mod material;
mod part;
mod sources;
mod summary;
#[cfg(test)]
mod tests;
mod writer;

pub use crate::dashboard::svg::Language;
pub use answer::{Claim, Evidence, SourceKind};
pub use coverage::{Coverage, Sufficiency};
pub use document::{PromptVersions, Report, ReportSummary, Section};
pub use material::Material;
pub use writer::write_report;

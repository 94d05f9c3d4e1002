//! Writing a resume from repositories: the steps of a job.
//!
//! For each repository, side by side: *collect* everything that GitHub tells and digest it, then *compose* the
//! project with a model and let stand what the digest proves. Then the *summary* over all projects. Each step is
//! stored when it is done, so that whoever takes the job over asks neither GitHub nor the model again. A
//! repository that cannot be read or written about fails alone.
//!
//! | module | what |
//! |---|---|
//! | `steps` | the steps and their order; the only module here that does I/O |
//! | `material`, `prompts/` | what a model is shown, and its instructions |
//! | `answer` | the form that it fills |
//! | `verdict` | what of an answer stands |
//! | `outcome` | how a step ends |
//! | `labels`, `events` | what watchers see meanwhile |
//! | `person` | the parts of a document that a profile gives |
//! | `assembly` | the document and the job's result |

mod answer;
mod assembly;
mod events;
mod labels;
mod material;
mod outcome;
mod person;
mod steps;
mod verdict;

pub use assembly::{Finished, assemble};
pub use steps::generate;

//! The facts of a repository: what was collected, and the digest that everything else rests on.
//!
//! Nothing here does I/O or asks a model. [`Digest::of`] turns what GitHub told ([`Collected`]) into what a
//! resume may say: the languages with their shares, the technologies that manifests declare, the months of the
//! person's first and last commit, and the sources that a statement may rest on. Dates and skills of a
//! document come from here and from nowhere else.
//!
//! | module | rule |
//! |---|---|
//! | `encoding`, `markdown`, `message` | what a file, a README, a commit message says |
//! | `manifests`, `technologies` | which technologies are declared |
//! | `selection` | which of very many commits tell most |
//! | `digest`, `shown`, `source` | what may be said, and what proves it |

mod collected;
mod digest;
pub mod encoding;
pub mod manifests;
mod markdown;
mod message;
mod selection;
mod shown;
mod source;
pub mod technologies;

pub use collected::{Collected, Commit, Manifest, Pull, Readme, RepositoryFacts};
pub use digest::{Declaration, Digest, LanguageShare};
pub(crate) use message::beginning;
pub use source::{Source, kind_name};

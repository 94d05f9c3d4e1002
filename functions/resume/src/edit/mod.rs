//! Edits by selection: somebody selects a text, says what to change, and a model proposes a replacement.
//!
//! | module | rule |
//! |---|---|
//! | `selection` | where a selection lies in a text |
//! | `field` | which texts of a document can be edited, and where they stand |
//! | `replacement` | the new document, and the proof that nothing else changed |
//! | `proposal` | what is kept until the owner takes it |
//! | `scope` | which repositories' facts may stand behind a text |
//! | `writer` | asking the model |

mod field;
mod proposal;
mod replacement;
mod scope;
mod selection;
mod writer;

pub use field::{Field, FieldError};
pub use proposal::{EditInput, Proposal, Selected};
pub use replacement::{ReplaceError, replace};
pub use selection::{SelectionError, select};
pub use writer::write_edit;

//! The rules together: from the texts that learners wrote to a section that can be shown.

mod checks;
mod hostile;
mod properties;

//! The Lambdas, a module each.

pub(crate) mod render_resume_pdf;

//! The resume on paper: sets a resume with Typst and keeps it as a PDF file.
//!
//! A domain of its own, because Typst and the fonts are heavy and nothing else needs them
//! (docs/adr/0011-typst-and-embedded-fonts.md). Owns the templates, the fonts and the files under `pdf/`; knows
//! nothing of who may see what.
#![warn(missing_docs)]

mod error;
mod files;
mod fonts;
mod functions;
mod render;
mod sources;
mod text;
mod world;

pub use render::{MOST_PAGES, RenderError, Rendered, render};

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] =
    &[Function::new("render_resume_pdf", |start| start.invoke(render_resume_pdf::handle))];

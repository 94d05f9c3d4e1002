//! From a resume to the bytes of a PDF file.
//!
//! The same resume and template give the same bytes, in every process and on every machine: no time, no random
//! number and no path goes in. The file keeps to PDF/UA-1 (ISO 14289-1): tagged, with title and language.

mod last_page;
mod replaced;
#[cfg(test)]
mod tests;

use maru_document::{Document, DocumentError, Template};
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::text::printable;
use crate::world::Desk;

/// The most pages of a file. A resume of the size that a reader bears has one to five.
pub const MOST_PAGES: usize = 20;
/// More lines than these fit on no page: A4 less its margins is 737 pt high, a line at least 9 pt.
const LINES_PER_PAGE: usize = 80;

/// A finished file.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has, at least 1.
    pub pages: usize,
    /// How many characters no font could draw; a box stands for each, and copying still gives the character.
    pub replaced: usize,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The resume is longer than [`MOST_PAGES`].
    #[error("the resume has more than {MOST_PAGES} pages")]
    TooManyPages,
    /// The document breaks its own bounds.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The template fails with this resume, which none should.
    #[error("the template failed: {0}")]
    Template(String),
    /// The laid-out resume breaks the standard, which none should.
    #[error("the pages cannot be written as PDF/UA-1: {0}")]
    Standard(String),
}

/// Sets `document` in `template`, whatever template it names itself, and writes it as a tagged PDF. Takes a
/// few hundredths of a second for each page and blocks the thread.
///
/// # Errors
/// [`RenderError`].
pub fn render(document: &Document, template: Template) -> Result<Rendered, RenderError> {
    if lines_at_least(document) > MOST_PAGES * LINES_PER_PAGE {
        return Err(RenderError::TooManyPages);
    }
    let resume = printable(&document.to_json()?);
    let options = options(&resume, template)?;
    let rendered = fitted(&resume, template).and_then(|pages| write(&pages, &options));
    // Typst remembers every result by its input. The next resume is another: nothing of this one stays.
    typst::comemo::evict(0);
    rendered
}

/// In the usual size, or a little smaller if that saves a last page of a few lines.
fn fitted(resume: &str, template: Template) -> Result<PagedDocument, RenderError> {
    let usual = lay_out(resume, template, false)?;
    if !last_page::is_nearly_empty(&usual) {
        return Ok(usual);
    }
    let tight = lay_out(resume, template, true)?;
    Ok(if tight.pages().len() < usual.pages().len() { tight } else { usual })
}

fn lay_out(resume: &str, template: Template, tight: bool) -> Result<PagedDocument, RenderError> {
    let desk = Desk::new(template, resume.to_owned(), tight);
    let desk = desk.ok_or_else(|| RenderError::Template("it is missing".to_owned()))?;
    let laid_out = typst::compile::<PagedDocument>(&desk);
    laid_out.output.map_err(|problems| RenderError::Template(messages(&problems)))
}

fn write(document: &PagedDocument, options: &PdfOptions) -> Result<Rendered, RenderError> {
    let pages = document.pages().len();
    if pages > MOST_PAGES {
        return Err(RenderError::TooManyPages);
    }
    let bytes = typst_pdf::pdf(document, options);
    let bytes = bytes.map_err(|problems| RenderError::Standard(messages(&problems)))?;
    Ok(Rendered { bytes, pages, replaced: replaced::count(document) })
}

fn options(resume: &str, template: Template) -> Result<PdfOptions, RenderError> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]);
    Ok(PdfOptions {
        // Names the file by what is in it, of which only a hash is written. Without, it would be named by title and
        // author alone.
        ident: Smart::Custom(format!("{template:?} {resume}")),
        creator: Smart::Custom(Some("Maru".to_owned())),
        standards: standards.map_err(|problem| RenderError::Standard(problem.message().to_string()))?,
        ..PdfOptions::default()
    })
}

/// A lower bound, so that a resume of line feeds is refused before it is laid out over thousands of pages.
fn lines_at_least(document: &Document) -> usize {
    let told = document.work.iter().filter_map(|work| work.summary.as_deref());
    let texts = document.statements().map(|statement| statement.text.as_str()).chain(told);
    texts.chain(document.basics.summary.as_deref()).map(|text| text.split('\n').count()).sum()
}

fn messages(problems: &EcoVec<SourceDiagnostic>) -> String {
    problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; ")
}

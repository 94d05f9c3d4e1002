//! Called by another function: sets a resume, stores the file, says how long it became.

use maru_document::{Document, Template};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::files::Files;
use crate::{MOST_PAGES, RenderError, Rendered, render};

/// What to print, and where to.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Order {
    /// The file's key: `pdf/<resume>/<hash>.pdf`. It must name document, template and `PDF_VERSION` by their
    /// hash: a file that is there is not made again.
    key: String,
    /// The resume.
    document: Document,
    /// How it shall look, whatever template the document names itself.
    template: Template,
    /// What the file is called where somebody keeps it.
    file_name: String,
}

/// What became of it.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Outcome {
    /// The file is there, by this call or by one before it.
    Stored {
        /// The file's key.
        key: String,
        /// How many pages it has.
        pages: usize,
        /// How large it is.
        bytes: usize,
        /// How many characters no font could draw and a box stands for.
        replaced: usize,
    },
    /// The resume is longer than a file may be; there is none.
    TooLong {
        /// How many pages a file may have.
        most_pages: usize,
    },
}

pub(crate) async fn handle(files: Files, order: Order) -> Result<Outcome, Error> {
    let Order { key, document, template, file_name } = order;
    if !is_ours(&key) {
        return Err(Error::Key);
    }
    // Rendering takes the processor for a while; other work of the runtime goes on beside it.
    let rendered = tokio::task::spawn_blocking(move || render(&document, template)).await?;
    let Rendered { bytes: pdf, pages, replaced } = match rendered {
        Err(RenderError::TooManyPages) => return Ok(Outcome::TooLong { most_pages: MOST_PAGES }),
        rendered => rendered?,
    };
    let bytes = pdf.len();
    files.put_if_absent(&key, &file_name, pdf).await?;
    tracing::info!(key, pages, bytes, replaced, "printed");
    Ok(Outcome::Stored { key, pages, bytes, replaced })
}

fn is_ours(key: &str) -> bool {
    let name = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let parts = key.strip_prefix("pdf/").and_then(|rest| rest.strip_suffix(".pdf")).unwrap_or_default();
    parts.split_once('/').is_some_and(|(resume, hash)| name(resume) && name(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_of_printed_files_are_taken() {
        assert!(is_ours("pdf/res_01K9Z4A1B2C3D4E5F6G7H8J9KA/0123456789abcdef.pdf"));
        for other in ["pdf/a.pdf", "pdf//a.pdf", "pdf/../a.pdf", "pdf/a/b/c.pdf", "x/a/b.pdf", "pdf/a/b", ""]
        {
            assert!(!is_ours(other), "{other}");
        }
    }
}

//! `GET /resumes/{resumeId}/pdf?template=`: leads to the printed resume, which is printed now if it never was.
//! Asked for with an `Accept` that prefers JSON, it tells the address instead.

use garde::Validate;
use http::{HeaderValue, StatusCode, header};
use maru_document::{Document, Template};
use maru_lambda::{Call, Member, Problem, Reply};
use serde::{Deserialize, Serialize};

use super::get_resume::ResumePath;
use crate::accept::prefers_json;
use crate::error::Error;
use crate::prints::{Printer, Prints, file_name};
use crate::resume::Resume;
use crate::store::Store;

/// How it should look.
#[derive(Clone, Copy, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct PdfQuery {
    /// The document's own template if not given.
    #[garde(skip)]
    #[serde(default)]
    template: Option<Template>,
}

/// Where the file is.
#[derive(Clone, Debug, Serialize)]
pub struct PdfLink {
    /// Its address, for five minutes.
    url: String,
}

pub async fn handle(
    (store, prints, printer): (Store, Prints, Printer),
    call: Call<Member, ResumePath, PdfQuery>,
) -> Result<Reply, Problem> {
    let resume = store.resume(&call.caller.id, &call.path.resume_id).await?;
    let text = store.document(&resume).await?;
    let document = Document::from_json(&text).map_err(Error::from)?;
    let template = call.query.template.unwrap_or(document.template);
    let key = printer.key(&resume.id, &text, template);
    if !prints.has(&key).await? {
        let printed = printer.print(&key, &document, template).await;
        keep_if_still_there(&store, &prints, &resume, &key).await?;
        printed?;
    }
    let url = prints.address(&key, &file_name(&document)).await?;
    // A page cannot follow a redirect with its token, which belongs to another host; it asks for the address.
    if prefers_json(call.request.header(header::ACCEPT.as_str())) {
        return Ok(Reply::json(StatusCode::OK, &PdfLink { url }));
    }
    let location = HeaderValue::from_str(&url).map_err(Problem::internal)?;
    Ok(Reply::new(StatusCode::FOUND, "text/plain", "").with_header(header::LOCATION, location))
}

/// Deletes the file again unless `resume` is still there. Whoever deleted it meanwhile may have looked for files
/// before this one was stored, which it may have been though its print failed.
async fn keep_if_still_there(
    store: &Store,
    prints: &Prints,
    resume: &Resume,
    key: &str,
) -> Result<(), Error> {
    match store.resume(&resume.owner_id, &resume.id).await {
        Ok(_) => Ok(()),
        // Also when nobody knows: it can always be printed again.
        Err(error) => {
            prints.delete(key).await?;
            Err(error)
        }
    }
}

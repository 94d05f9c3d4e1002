//! The pages for people: what runs here, one page a domain, and the API document.
//!
//! They are files of `local/pages`, embedded, so that the command needs nothing beside itself. No page holds
//! data: the scripts ask the API, with the demo users' tokens, and the control endpoints, like any client.

mod api;
mod assets;
mod resource;

use axum::Router;
use axum::routing::get;

use resource::{Resource, serve};

/// Everything that is served for people: the pages, their scripts and styles under `/assets/`, and
/// `/openapi.json`. It has no fallback: what is not a page is the API's.
pub fn router() -> Router {
    let files = assets::FILES.iter().map(|file| (file.route(), Resource::of_file(file)));
    let api = ("/openapi.json".to_owned(), api_document());
    files.chain([api]).fold(Router::new(), |router, (route, resource)| {
        router.route(&route, get(serve).with_state(resource.into()))
    })
}

/// The API document. Template and descriptions are embedded and tested, so an error here is one of a change
/// at work: it is shown in the document's place, and the rest of the stack goes on.
fn api_document() -> Resource {
    match api::document() {
        Ok(document) => Resource::new("application/json", document.to_string()),
        Err(error) => {
            tracing::error!(%error, "there is no API document");
            Resource::new("text/plain; charset=utf-8", format!("There is no API document: {error}"))
        }
    }
}

#[cfg(test)]
mod tests;

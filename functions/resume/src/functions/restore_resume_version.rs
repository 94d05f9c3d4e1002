//! `POST /resumes/{resumeId}/versions/{version}/restore`: an earlier document, byte for byte, as a new version. One that is
//! equal to the present document is there already: nothing changes.

use garde::Validate;
use http::header;
use maru_lambda::{Call, Member, Problem, Reply};
use maru_store::Attempt;
use serde::Deserialize;

use super::get_resume::answer;
use crate::error::Error;
use crate::resume::{Cause, Resume};
use crate::writing::{Next, Writer};

/// Which version of which resume.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct VersionPath {
    #[garde(length(bytes, min = 1, max = 100))]
    resume_id: String,
    #[garde(length(bytes, min = 1, max = 20))]
    version: String,
}

pub async fn handle(writer: Writer, call: Call<Member, VersionPath>) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| Ok(restored(&writer, &call, attempt.is_repeated()).await?);
    writer.store().table().idempotent("restore_resume_version", &call.request, work).await
}

async fn restored(writer: &Writer, call: &Call<Member, VersionPath>, repeated: bool) -> Result<Reply, Error> {
    let place = (call.caller.id.as_str(), call.path.resume_id.as_str());
    let version: u64 = call.path.version.parse().map_err(|_| Error::NotFound)?;
    // The resume first: what is left of a deleted one is not there any more.
    writer.store().resume(place.0, place.1).await?;
    let earlier = writer.store().document_of(place.0, place.1, version).await?.ok_or(Error::NotFound)?;
    let restore = |resume: &Resume, document: &str| {
        let cause = (earlier != document).then_some(Cause::Restored { version });
        let (settings, document) = (resume.settings.clone(), earlier.clone());
        Ok(cause.map(|cause| Next { settings, document, cause: Some(cause), also: Vec::new() }))
    };
    let accepts = call.request.header(header::IF_MATCH.as_str());
    match writer.change(place, accepts, restore).await {
        // Our own request before this one may have made it so, and nobody heard (RFC 9110, section 13.1.1).
        Err(Error::Stale) if repeated => {
            let resume = writer.store().resume(place.0, place.1).await?;
            let document = writer.store().document(&resume).await?;
            if document == earlier { answer(resume, document) } else { Err(Error::Stale) }
        }
        changed => changed.and_then(|(resume, document)| answer(resume, document)),
    }
}

//! `DELETE /resumes/{resumeId}`: gone for everybody from this answer on. With `If-Match`, only the resume that it
//! names.

use http::header;
use maru_lambda::{Call, Member, NoContent, Problem};

use super::get_resume::ResumePath;
use crate::writing::Writer;

pub async fn handle(writer: Writer, call: Call<Member, ResumePath>) -> Result<NoContent, Problem> {
    let place = (call.caller.id.as_str(), call.path.resume_id.as_str());
    writer.delete(place, call.request.header(header::IF_MATCH.as_str())).await?;
    Ok(NoContent)
}

//! `GET /github/repositories`: what the caller may pick, their own and public ones of their organisations.

use jiff::Timestamp;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Json, Member, Problem};
use maru_store::{ListQuery, Page};
use serde::Serialize;

use crate::github::Listed;
use crate::repositories::{Repositories, Stale};

/// A page of the list, and how old it is.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryPage {
    #[serde(flatten)]
    page: Page<Listed>,
    /// As when the list is.
    fetched_at: Timestamp,
    /// Why it is over an hour old; null if it is not.
    stale: Option<Stale>,
}

pub async fn handle(
    repositories: Repositories,
    call: Call<Member, Nothing, ListQuery, Nothing>,
) -> Result<Json<RepositoryPage>, Problem> {
    let snapshot = repositories.current(&call.caller.id).await?;
    let page = repositories.page(&call.caller.id, &snapshot, &call.query).await?;
    Ok(Json(RepositoryPage { page, fetched_at: snapshot.fetched_at, stale: snapshot.stale }))
}

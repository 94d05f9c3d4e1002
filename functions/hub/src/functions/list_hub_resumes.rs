//! `GET /hub/resumes`: public resumes in some order, filtered or not.

use garde::Validate;
use maru_document::{Position, SchoolType};
use maru_lambda::http::input::Nothing;
use maru_lambda::{Anyone, Call, Json, Problem};
use maru_store::{ListQuery, Page};
use serde::Deserialize;

use crate::lists::{Filter, Lists, Order};
use crate::readers::ResumeCard;

/// Which resumes, and where to go on.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct ListHubResumes {
    #[garde(skip)]
    position: Option<Position>,
    #[garde(skip)]
    school_type: Option<SchoolType>,
    #[garde(skip)]
    sort: Order,
    /// Only those that the caller likes. `false` is as if it were not there.
    #[garde(skip)]
    liked: bool,
    #[garde(range(min = 1, max = 100))]
    limit: Option<u32>,
    #[garde(length(bytes, max = 2048))]
    cursor: Option<String>,
}

pub async fn handle(
    lists: Lists,
    call: Call<Anyone, Nothing, ListHubResumes>,
) -> Result<Json<Page<ResumeCard>>, Problem> {
    let ListHubResumes { position, school_type, sort: order, liked, limit, cursor } = call.query;
    if liked && call.caller.id.is_none() {
        return Err(Problem::unauthenticated());
    }
    let filter = Filter { position, school_type, order, liked };
    let list = ListQuery { limit, cursor };
    Ok(Json(lists.page(&filter, &list, call.caller.id.as_deref()).await?))
}

//! `POST /posts`: says something at a place.

use community_rules::place::Place;
use garde::Validate;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Created, Member, Problem, Reply};
use maru_store::Attempt;
use serde::Deserialize;

use crate::error::Error;
use crate::posts::{Body, Post, Title};
use crate::store::Store;

/// What is said, and where.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreatePost {
    #[garde(dive)]
    title: Title,
    #[garde(dive)]
    body: Body,
    /// Refused where there is no such place, when it is read.
    #[garde(skip)]
    place: Place,
}

pub async fn handle(
    store: Store,
    call: Call<Member, Nothing, Nothing, CreatePost>,
) -> Result<Reply, Problem> {
    let work = async |attempt: Attempt| {
        let CreatePost { title: Title(title), body: Body(body), place } = call.body.clone();
        let (id, created_at) = (attempt.id("pst"), attempt.begun_at());
        let author_id = call.caller.id.clone();
        let post = Post { id, author_id, title, body, place, created_at, edited_at: None };
        let post = store.publish(post).await?;
        let view = store.view(post, Some(&call.caller.id)).await?.ok_or(Error::Closed)?;
        Ok(Created(view).into())
    };
    store.table().idempotent("create_post", &call.request, work).await
}

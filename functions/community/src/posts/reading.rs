//! Posts as readers see them: what they say, the votes and the authors' names, all of this moment.

use std::collections::HashMap;

use community_rules::place::Place;
use community_rules::vote::{Choice, Vote};
use jiff::Timestamp;
use maru_lambda::Problem;
use maru_store::{ListQuery, Page, StoreError};
use serde::Serialize;

use super::counts::Tally;
use super::keys::post_key;
use super::near::Entry;
use super::{Near, Post};
use crate::store::Store;
use maru_members::Member;

/// A post as a reader sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PostView {
    id: String,
    title: String,
    body: String,
    place: Place,
    author: Author,
    /// Whether the caller wrote it.
    mine: bool,
    up: i64,
    down: i64,
    /// The caller's own.
    vote: Choice,
    created_at: Timestamp,
    edited_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Author {
    nickname: Option<String>,
}

impl PostView {
    fn new(post: Post, author: &Member, (tally, vote): (Tally, Option<Vote>), caller: Option<&str>) -> Self {
        Self {
            mine: caller == Some(post.author_id.as_str()),
            id: post.id,
            title: post.title,
            body: post.body,
            place: post.place,
            author: Author { nickname: author.nickname.clone() },
            up: tally.up,
            down: tally.down,
            vote: vote.into(),
            created_at: post.created_at,
            edited_at: post.edited_at,
        }
    }
}

impl Store {
    /// A post as `caller` sees it, none being a guest; none if its author is gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn view(&self, post: Post, caller: Option<&str>) -> Result<Option<PostView>, StoreError> {
        let vote = async {
            match caller {
                Some(caller) => self.vote_of(caller, &post.id).await,
                None => Ok(None),
            }
        };
        let (author, tally, vote) =
            futures::try_join!(self.members().get(&post.author_id), self.tally(&post.id), vote)?;
        Ok((!author.is_closed()).then(|| PostView::new(post, &author, (tally, vote), caller)))
    }

    /// One page of the posts in a circle, the newest first.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn posts_near(
        &self,
        near: &Near,
        list: &ListQuery,
        caller: Option<&str>,
    ) -> Result<Page<PostView>, Problem> {
        let page = Box::pin(self.entries_near(near, list, caller.unwrap_or_default())).await?;
        let items = Box::pin(self.views(&page.items, caller)).await?;
        Ok(Page { items, next_cursor: page.next_cursor })
    }

    async fn views(&self, entries: &[Entry], caller: Option<&str>) -> Result<Vec<PostView>, StoreError> {
        let ids: Vec<&str> = entries.iter().map(|entry| entry.post_id.as_str()).collect();
        let authors: Vec<&str> = entries.iter().map(|entry| entry.author_id.as_str()).collect();
        let votes = async {
            match caller {
                Some(caller) => self.votes_among(caller, &ids).await,
                None => Ok(Vec::new()),
            }
        };
        let posts = self.table().get_all::<Post>(ids.iter().map(|id| post_key(id)).collect(), true);
        let (posts, tallies, votes, authors) =
            futures::try_join!(posts, self.tallies(&ids), votes, self.members().get_all(&authors))?;
        let votes: HashMap<&str, Vote> =
            votes.iter().map(|cast| (cast.post_id.as_str(), cast.vote)).collect();
        let mut posts: HashMap<String, Post> =
            posts.into_iter().map(|post| (post.id.clone(), post)).collect();
        let stranger = Member::default();
        // One that was deleted a moment ago is not among them; those of members who just left are about to be.
        let posts = ids.iter().filter_map(|id| posts.remove(*id));
        let views = posts.filter_map(|post| {
            let author = authors.get(&post.author_id).unwrap_or(&stranger);
            let tally = tallies.get(&post.id).copied().unwrap_or_default();
            let vote = votes.get(post.id.as_str()).copied();
            (!author.is_closed()).then(|| PostView::new(post, author, (tally, vote), caller))
        });
        Ok(views.collect())
    }
}

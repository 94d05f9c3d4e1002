//! Fetching the repositories that a member may pick: their own and those of their organisations, public ones.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::client::Page;
use super::wire::Repository;
use super::{GithubError, Session};
use crate::facts::beginning;

/// The most pages that are fetched: six hundred repositories, those with the newest pushes.
const MOST_PAGES: usize = 6;

/// The most characters of a description that are kept.
const DESCRIPTION_CHARACTERS: usize = 300;

/// What is asked for. `affiliation` does not go together with `type`.
const QUERY: [(&str, &str); 4] = [
    ("visibility", "public"),
    ("affiliation", "owner,organization_member"),
    ("sort", "pushed"),
    ("per_page", "100"),
];

/// A repository in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// `owner/name`.
    pub full_name: String,
    /// The name alone.
    pub name: String,
    /// Its page.
    pub url: String,
    /// What its owner says of it; shortened.
    pub description: Option<String>,
    /// The language of most of its code.
    pub language: Option<String>,
    /// Whether it began as a copy of another.
    pub fork: bool,
    /// Whether it is closed to changes.
    pub archived: bool,
    /// How many accounts gave it a star.
    pub stars: u64,
    /// When somebody last pushed to it.
    pub pushed_at: Option<Timestamp>,
}

/// What was seen of a page, to ask for it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageState {
    /// Names what was seen.
    pub etag: Option<String>,
    /// The address of the page after it.
    pub next: Option<String>,
    /// How many repositories it had.
    pub count: usize,
}

/// A page as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// By which it is asked for the next time.
    pub state: PageState,
    /// Its repositories; none if they are those of before.
    pub repositories: Option<Vec<Listed>>,
}

/// The list, page by page. `known` is what was seen of it before: a page that is still the same is not sent
/// again, which GitHub does not count against the member's limit.
///
/// # Errors
/// [`GithubError`].
pub async fn fetch_listing(session: &Session<'_>, known: &[PageState]) -> Result<Vec<Fetched>, GithubError> {
    let mut pages: Vec<Fetched> = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let known = known.get(pages.len());
        let etag = known.and_then(|known| known.etag.as_deref());
        let page: Page<Repository> = match &next {
            None => session.page(&["user", "repos"], &QUERY, etag).await?,
            Some(url) => session.follow(url, etag).await?,
        };
        let fetched = match (page, known) {
            (Page::Changed { items, etag, next, .. }, _) => {
                let repositories: Vec<Listed> = items.into_iter().map(Listed::from).collect();
                let state = PageState { etag, next, count: repositories.len() };
                Fetched { state, repositories: Some(repositories) }
            }
            (Page::Unchanged, Some(known)) => Fetched { state: known.clone(), repositories: None },
            (Page::Unchanged, None) => return Err(GithubError::Contract("304 without an entity tag".into())),
        };
        next.clone_from(&fetched.state.next);
        pages.push(fetched);
        if next.is_none() || pages.len() == MOST_PAGES {
            return Ok(pages);
        }
    }
}

impl From<Repository> for Listed {
    fn from(repository: Repository) -> Self {
        let description = repository.description.filter(|text| !text.is_empty());
        Self {
            full_name: repository.full_name,
            name: repository.name,
            url: repository.html_url,
            description: description.map(|text| beginning(&text, DESCRIPTION_CHARACTERS).to_owned()),
            language: repository.language,
            fork: repository.fork,
            archived: repository.archived,
            stars: repository.stargazers_count,
            pushed_at: repository.pushed_at,
        }
    }
}

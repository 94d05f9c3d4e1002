//! What somebody sees of public resumes, read where it is true, at this moment.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use maru_document::{Document, Position, SchoolType};
use maru_publications::{Card, Publication, Publications};
use maru_store::StoreError;
use serde::Serialize;

use crate::counts::Tally;
use crate::error::Error;
use crate::lists::{Entry, Filter};
use crate::store::Store;
use maru_members::Member;

/// A member, as others see them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Person {
    /// What they are called; null for a moment after they signed up.
    pub nickname: Option<String>,
}

/// A public resume in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumeCard {
    /// The resume.
    pub id: String,
    title: String,
    position: Position,
    school_types: Vec<SchoolType>,
    owner: Person,
    /// Whether it is the caller's own.
    mine: bool,
    likes: i64,
    views: i64,
    comments: i64,
    /// Whether the caller likes it.
    liked: bool,
    published_at: Timestamp,
    updated_at: Timestamp,
}

/// A public resume with its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResumeDetail {
    #[serde(flatten)]
    card: ResumeCard,
    document: Document,
}

/// Reads for one caller.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The hub's table.
    pub store: &'a Store,
    /// What is public.
    pub publications: &'a Publications,
    /// The account; none for a guest.
    pub caller: Option<&'a str>,
}

/// What is true of some resumes besides what is published.
struct Facts {
    members: HashMap<String, Member>,
    tallies: HashMap<String, Tally>,
    liked: HashSet<String>,
}

impl Reader<'_> {
    /// The resumes of `entries` that are public and that `filter` takes at this moment, in their order. As many
    /// calls for a hundred entries as for one, but for the counts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn cards(&self, filter: &Filter, entries: &[Entry]) -> Result<Vec<ResumeCard>, StoreError> {
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let resumes: Vec<&str> = entries.iter().map(|entry| entry.resume_id.as_str()).collect();
        let owners: Vec<&str> = entries.iter().map(|entry| entry.owner_id.as_str()).collect();
        let (mut cards, members, tallies, liked) = futures::try_join!(
            self.publications.cards(&resumes),
            self.store.members().get_all(&owners),
            self.store.tallies(&resumes),
            self.liked(&resumes),
        )?;
        let facts = Facts { members, tallies, liked };
        let public = resumes.into_iter().filter_map(|resume| cards.remove(resume));
        let fitting = public.filter(|card| filter.takes(card.position, &card.school_types));
        Ok(fitting.filter_map(|card| self.view(card, &facts)).collect())
    }

    /// A public resume with its document; none if it is not public.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn detail(&self, publication: Publication) -> Result<Option<ResumeDetail>, Error> {
        let Publication { card, document } = publication;
        let (resume, owner) = ([card.resume_id.as_str()], [card.owner_id.as_str()]);
        let (members, tally, liked) = futures::try_join!(
            self.store.members().get_all(&owner),
            self.store.tally(&card.resume_id),
            self.liked(&resume),
        )?;
        let tallies = HashMap::from([(card.resume_id.clone(), tally)]);
        let card = self.view(card, &Facts { members, tallies, liked });
        Ok(card.map(|card| ResumeDetail { card, document }))
    }

    async fn liked(&self, resumes: &[&str]) -> Result<HashSet<String>, StoreError> {
        match self.caller {
            Some(caller) => self.store.liked_among(caller, resumes).await,
            None => Ok(HashSet::new()),
        }
    }

    /// None when the owner is gone and only the withdrawal of the resume is still under way.
    fn view(&self, card: Card, facts: &Facts) -> Option<ResumeCard> {
        let owner = facts.members.get(&card.owner_id);
        if owner.is_some_and(Member::is_closed) {
            return None;
        }
        let nickname = owner.and_then(|owner| owner.nickname.clone()).or(Some(card.owner_nickname));
        let tally = facts.tallies.get(&card.resume_id).cloned().unwrap_or_default();
        Some(ResumeCard {
            mine: self.caller == Some(card.owner_id.as_str()),
            liked: facts.liked.contains(&card.resume_id),
            id: card.resume_id,
            title: card.title,
            position: card.position,
            school_types: card.school_types,
            owner: Person { nickname },
            likes: tally.likes,
            views: tally.views,
            comments: tally.comments,
            published_at: card.published_at,
            updated_at: card.updated_at,
        })
    }
}

//! Reading what is public at this moment.

use std::collections::HashMap;

use maru_document::{Document, DocumentError};
use maru_store::StoreError;
use serde::Deserialize;

use crate::publication::CardItem;
use crate::{Card, Publication, PublicationError, Publications, card_key, partition};

/// How often a publication is read that is written at the same moment.
const ATTEMPTS: usize = 5;

impl Publications {
    /// The published resume; none if it is private, withdrawn or unknown.
    ///
    /// # Errors
    /// [`PublicationError`].
    pub async fn get(&self, resume_id: &str) -> Result<Option<Publication>, PublicationError> {
        for _ in 0..ATTEMPTS {
            let query = self.table.query(&partition(resume_id)).consistent_read(true);
            let (mut card, mut document) = (None, None);
            for half in self.table.query_all::<Half>(query).await? {
                card = card.or(half.card);
                document = document.or(half.document.map(|text| (half.version, text)));
            }
            let Some(card) = card else { return Ok(None) };
            // A query reads item after item: between the two a transaction may have come.
            if let Some((_, text)) = document.filter(|(version, _)| *version == card.version) {
                return Ok(Some(Publication { card, document: read(&text)? }));
            }
        }
        Err(PublicationError::Restless)
    }

    /// The card of a published resume; none if it is private, withdrawn or unknown.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn card(&self, resume_id: &str) -> Result<Option<Card>, StoreError> {
        let item: Option<CardItem> = self.table.get(&card_key(resume_id), true).await?;
        Ok(item.and_then(|item| item.card))
    }

    /// The cards of those of `resume_ids` that are published, by id: one call for each hundred.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn cards(&self, resume_ids: &[&str]) -> Result<HashMap<String, Card>, StoreError> {
        let keys = resume_ids.iter().map(|id| card_key(id)).collect();
        let items: Vec<CardItem> = self.table.get_all(keys, true).await?;
        Ok(items
            .into_iter()
            .filter_map(|item| item.card)
            .map(|card| (card.resume_id.clone(), card))
            .collect())
    }
}

/// Either of the two items.
#[derive(Deserialize)]
struct Half {
    version: u64,
    card: Option<Card>,
    document: Option<String>,
}

/// Bounds were checked when it was written; later ones must not hide what is public already.
fn read(text: &str) -> Result<Document, DocumentError> {
    Ok(serde_json::from_str(text)?)
}

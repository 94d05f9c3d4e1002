//! Reducing one shard and storing what comes out, invisible to readers until the generation is published.

use maru_store::{Item, Key, text};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::files::Files;
use crate::generation::{Aggregator, LecturerOutcome, ReduceError};
use crate::published::{self, Part, PartError};
use crate::runs::shard_number;
use crate::shards::ShardPlan;
use crate::store::{Store, lecturer_partition};

/// Why a shard cannot be reduced.
#[derive(Debug, thiserror::Error)]
pub enum ShardError {
    /// The data cannot be reduced, whoever tries.
    #[error(transparent)]
    Data(#[from] ReduceError),
    /// An outcome cannot be stored, whoever tries.
    #[error(transparent)]
    Part(#[from] PartError),
    /// Worth another try.
    #[error(transparent)]
    Passing(#[from] Error),
}

/// What a shard stored of one lecturer: what has to be deleted when the generation is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The lecturer.
    pub lecturer: String,
    /// The sort keys.
    pub keys: Vec<String>,
}

/// The name of the file that lists what a shard stored.
#[must_use]
pub fn stored_file(run: &str, shard: u32) -> String {
    format!("runs/{run}/stored/{}.json", shard_number(shard))
}

/// Reads the sections of `plan` and gives the lecturers' outcomes.
///
/// # Errors
/// [`ShardError`].
pub async fn reduce(files: &Files, plan: &ShardPlan) -> Result<Vec<LecturerOutcome>, ShardError> {
    let mut aggregator = Aggregator::new(plan.day, plan.slices);
    loop {
        for section in &plan.sections {
            let bytes = files.get_range(&section.file, section.start, section.length).await?;
            aggregator.push(section.dataset, section.page, &bytes)?;
        }
        if !aggregator.end_pass()? {
            return Ok(aggregator.finish());
        }
    }
}

/// Stores the outcomes of a shard and gives their digest. Storing them again changes nothing.
///
/// # Errors
/// [`ShardError`].
pub async fn store_outcomes(
    store: &Store,
    files: &Files,
    (run, shard): (&str, u32),
    outcomes: Vec<LecturerOutcome>,
) -> Result<String, ShardError> {
    let (mut digest, mut stored, mut items) = (Sha256::new(), Vec::with_capacity(outcomes.len()), Vec::new());
    for outcome in outcomes {
        let lecturer = outcome.numbers.lecturer_id.clone();
        let parts = published::parts(outcome)?;
        stored.push(Stored {
            lecturer: lecturer.clone(),
            keys: parts.iter().map(|part| part.sk.clone()).collect(),
        });
        for part in parts {
            for text in [&lecturer, &part.sk, &part.data] {
                digest.update((text.len() as u64).to_be_bytes());
                digest.update(text);
            }
            items.push(item(run, &lecturer, part));
        }
        // A thousand items at once keep the writes busy and the memory small.
        if items.len() >= 1_000 {
            store.table().put_all(std::mem::take(&mut items)).await.map_err(Error::from)?;
        }
    }
    store.table().put_all(items).await.map_err(Error::from)?;
    files.put_json(&stored_file(run, shard), &stored).await?;
    Ok(digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

fn item(run: &str, lecturer: &str, part: Part) -> Item {
    let mut item = Key::new(lecturer_partition(run, lecturer), part.sk).attributes();
    item.insert("data".to_owned(), text(part.data));
    item
}

//! Dealing a stored export out to workers.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::export::Dataset;
use crate::files::Files;
use crate::generation::{Offsets, PartitionBytes, SHARD_BYTES, plan_shards};
use crate::runs::{Run, shard_number};
use crate::store::Store;

/// What the worker of one shard has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardPlan {
    /// The last day that counts.
    pub day: Date,
    /// In how many passes.
    pub slices: u32,
    /// What to read, in each pass.
    pub sections: Vec<Section>,
}

/// The shard's part of one shuffled page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Of which dataset.
    pub dataset: Dataset,
    /// The page's place in the dataset.
    pub page: u32,
    /// The file.
    pub file: String,
    /// Where in the file it begins.
    pub start: u64,
    /// How many bytes it has, at least 1.
    pub length: u64,
}

struct ShuffledPage {
    dataset: Dataset,
    page: u32,
    file: String,
    offsets: Offsets,
}

/// The name of the file with the plan of a shard.
#[must_use]
pub fn plan_file(run: &str, shard: u32) -> String {
    format!("runs/{run}/shards/{}.json", shard_number(shard))
}

/// Plans the shards of a run and stores the plans; gives how many there are. The same run gives the same
/// plans each time.
///
/// # Errors
/// [`Error`].
pub async fn plan(store: &Store, files: &Files, run: &Run) -> Result<u32, Error> {
    let pages = shuffled_pages(store, files, run).await?;
    let mut bytes = PartitionBytes::default();
    for page in &pages {
        bytes.add(page.dataset, &page.offsets);
    }
    let mut shards = 0;
    for shard in plan_shards(&bytes, SHARD_BYTES) {
        let sections = pages.iter().filter_map(|page| {
            let section = page.offsets.section(shard.partitions.clone());
            (!section.is_empty()).then(|| Section {
                dataset: page.dataset,
                page: page.page,
                file: page.file.clone(),
                start: (Offsets::BYTES + section.start) as u64,
                length: section.len() as u64,
            })
        });
        let plan = ShardPlan { day: run.day, slices: shard.slices, sections: sections.collect() };
        files.put_json(&plan_file(&run.id, shards), &plan).await?;
        shards += 1;
    }
    Ok(shards)
}

async fn shuffled_pages(store: &Store, files: &Files, run: &Run) -> Result<Vec<ShuffledPage>, Error> {
    let mut pages = Vec::new();
    for dataset in Dataset::ALL {
        for page in store.pages(&run.id, dataset).await? {
            let Some(shuffled) = page.shuffled else { continue };
            let head = files.get_range(&shuffled.file, 0, Offsets::BYTES as u64).await?;
            let offsets = Offsets::from_bytes(&head).ok_or_else(|| {
                Error::Files(format!("{} does not begin with offsets", shuffled.file).into())
            })?;
            pages.push(ShuffledPage { dataset, page: page.page, file: shuffled.file, offsets });
        }
    }
    Ok(pages)
}

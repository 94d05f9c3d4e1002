//! The three kinds of workers, over files instead of S3.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    time::Instant,
};

use consulting::{
    export::{Dataset, Format, Page, too_many_broken},
    generation::{
        Aggregator, Catalogue, CatalogueBuilder, LecturerOutcome, Offsets, PartitionBytes, SHARD_BYTES,
        Shard, plan_shards, shuffle,
    },
};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::{Aggregate, Outcome, pages::Pages, results, usage};

/// What the shuffle leaves to the reducers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The shards to reduce.
    pub shards: Vec<Shard>,
    /// The pages of each dataset.
    pages: Vec<(Dataset, u32)>,
}

impl Plan {
    /// Reads the plan of a work directory.
    pub fn read(work: &Path) -> Outcome<Self> {
        Ok(serde_json::from_slice(&fs::read(work.join("plan.json"))?)?)
    }
}

fn datasets(arguments: &Aggregate) -> impl Iterator<Item = Dataset> {
    let numbers_only = arguments.numbers_only;
    Dataset::ALL.into_iter().filter(move |dataset| match dataset {
        Dataset::Questions | Dataset::Reviews => !numbers_only,
        _ => true,
    })
}

fn pages(arguments: &Aggregate, dataset: Dataset) -> std::io::Result<Pages> {
    Pages::open(&arguments.data.join(format!("{dataset}.ndjson")), arguments.page_mib << 20)
}

fn body_path(work: &Path, dataset: Dataset, page: u32) -> PathBuf {
    work.join(format!("{dataset}-{page:05}.body"))
}

/// Reads the lectures and stores the catalogue.
pub fn catalogue(arguments: &Aggregate) -> Outcome<()> {
    let begin = Instant::now();
    let mut builder = CatalogueBuilder::default();
    let mut pages = pages(arguments, Dataset::Lectures)?;
    let mut first_line = 1;
    while let Some(bytes) = pages.next()? {
        first_line = builder.push(Page { format: Format::Ndjson, first_line, bytes })?;
    }
    let catalogue = builder.finish();
    fs::write(arguments.work.join("catalogue.bin"), catalogue.as_bytes())?;
    usage::report(begin, catalogue.len() as u64, 0)
}

/// Shuffles every page of every dataset and stores the plan.
pub fn shuffle_pages(arguments: &Aggregate) -> Outcome<()> {
    let begin = Instant::now();
    let catalogue = Catalogue::from_bytes(&fs::read(arguments.work.join("catalogue.bin"))?)?;
    let mut offsets = BufWriter::new(File::create(arguments.work.join("offsets.bin"))?);
    let mut plan = Plan { shards: Vec::new(), pages: Vec::new() };
    let mut partitions = PartitionBytes::default();
    let mut rows = 0;
    for dataset in datasets(arguments) {
        let mut pages = pages(arguments, dataset)?;
        let (mut first_line, mut read, mut broken) = (1, 0, 0);
        for page in 0.. {
            let Some(bytes) = pages.next()? else { break };
            let shuffled = shuffle(dataset, Page { format: Format::Ndjson, first_line, bytes }, &catalogue)?;
            fs::write(body_path(&arguments.work, dataset, page), &shuffled.body)?;
            offsets.write_all(shuffled.offsets.as_bytes())?;
            partitions.add(dataset, &shuffled.offsets);
            plan.pages.push((dataset, page));
            first_line = shuffled.next_line;
            read += shuffled.rows;
            broken += shuffled.broken_rows;
        }
        if too_many_broken(read, broken) {
            return Err(format!("{broken} of {read} rows of {dataset} are broken").into());
        }
        rows += read;
    }
    offsets.flush()?;
    plan.shards = plan_shards(&partitions, SHARD_BYTES);
    fs::write(arguments.work.join("plan.json"), serde_json::to_vec(&plan)?)?;
    usage::report(begin, rows, 0)
}

/// Reduces one shard and stores its part of the six results.
pub fn reduce(arguments: &Aggregate) -> Outcome<()> {
    let begin = Instant::now();
    let plan = Plan::read(&arguments.work)?;
    let shard = plan.shards.get(arguments.shard).ok_or("there is no such shard")?;
    let mut aggregator = Aggregator::new(arguments.day, shard.slices);
    loop {
        push_sections(arguments, &plan, shard, &mut aggregator)?;
        if !aggregator.end_pass()? {
            break;
        }
    }
    let outcomes = aggregator.finish();
    let path = arguments.work.join(format!("results-{:05}.ndjson", arguments.shard));
    let mut file = BufWriter::new(File::create(path)?);
    for outcome in &outcomes {
        results::write(&outcome.numbers, arguments.day, &mut file)?;
    }
    file.flush()?;
    usage::report(begin, outcomes.len() as u64, checksum(&outcomes)?)
}

fn push_sections(
    arguments: &Aggregate,
    plan: &Plan,
    shard: &Shard,
    aggregator: &mut Aggregator,
) -> Outcome<()> {
    let index = File::open(arguments.work.join("offsets.bin"))?;
    let mut offsets = vec![0; Offsets::BYTES];
    let mut section = Vec::new();
    for (place, (dataset, page)) in (0_u64..).zip(&plan.pages) {
        index.read_exact_at(&mut offsets, place * Offsets::BYTES as u64)?;
        let range = Offsets::from_bytes(&offsets).ok_or("damaged offsets")?.section(shard.partitions.clone());
        if range.is_empty() {
            continue;
        }
        section.resize(range.len(), 0);
        let body = File::open(body_path(&arguments.work, *dataset, *page))?;
        body.read_exact_at(&mut section, range.start as u64)?;
        aggregator.push(*dataset, *page, &section)?;
    }
    Ok(())
}

/// A number that is the same for the same outcomes, whichever shards they come from.
fn checksum(outcomes: &[LecturerOutcome]) -> Outcome<u64> {
    let mut sum = 0_u64;
    let mut json = Vec::new();
    for outcome in outcomes {
        json.clear();
        serde_json::to_writer(&mut json, outcome)?;
        sum = sum.wrapping_add(xxh3_64(&json));
    }
    Ok(sum)
}

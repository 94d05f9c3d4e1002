//! What the worker has written down of a job: when each event, and what the model answered.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use maru_jobs::Jobs;
use maru_measure::Outcome;
use serde::Deserialize;
use serde_json::Value;

/// How long after it was written each of these events was there, by their numbers.
pub async fn late(jobs: &Jobs, job: &str, there: &BTreeMap<u64, Timestamp>) -> Outcome<Vec<Duration>> {
    let mut after = 0;
    let mut late = Vec::with_capacity(there.len());
    loop {
        let written = jobs.events(job, after).await?;
        let Some(last) = written.last() else { return Ok(late) };
        after = last.sequence;
        let pairs = written.iter().filter_map(|event| Some((event.at, there.get(&event.sequence)?)));
        late.extend(pairs.map(|(written, there)| there.duration_since(written).unsigned_abs()));
    }
}

/// How many questions each answer of the model had, shown or not.
pub async fn candidates(jobs: &Jobs, job: &str) -> Outcome<Vec<usize>> {
    #[derive(Deserialize)]
    struct Entry {
        sk: String,
        reply: Option<Reply>,
    }
    #[derive(Deserialize)]
    struct Reply {
        input: String,
    }
    let everything = jobs.table().query(&format!("JOB#{job}")).consistent_read(true);
    let calls = jobs.table().query_all::<Entry>(everything).await?.into_iter();
    let replies = calls.filter(|entry| entry.sk.starts_with("CALL#")).filter_map(|entry| entry.reply);
    let counts = replies.map(|reply| {
        let answer: Value = serde_json::from_str(&reply.input)?;
        Ok(answer["questions"].as_array().ok_or("an answer without questions")?.len())
    });
    counts.collect()
}

//! Three ways to work through a night.

use std::time::{Duration, Instant};

use futures::{TryStreamExt, stream};
use maru_measure::Outcome;
use serde_json::{Value, json};

use crate::world::{DAY, World, member};

/// How many subscriptions a chunk has, and how many are worked on at the same time: as the payment job began.
const CHUNK: usize = 500;
const THREADS: usize = 4;

/// A way to work through a night.
#[derive(Clone, Copy)]
pub enum Way {
    Queue,
    Chunks,
    OneByOne,
}

impl Way {
    pub const ALL: [Self; 3] = [Self::Queue, Self::Chunks, Self::OneByOne];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Chunks => "chunks",
            Self::OneByOne => "oneByOne",
        }
    }

    /// Works through the night; gives how long it took.
    pub async fn run(self, world: &World) -> Outcome<Duration> {
        let began = Instant::now();
        match self {
            Self::Queue => world.plan().await?,
            Self::Chunks => in_chunks(world, CHUNK, THREADS).await?,
            Self::OneByOne => in_chunks(world, 1, 1).await?,
        }
        Ok(began.elapsed())
    }
}

async fn in_chunks(world: &World, chunk: usize, threads: usize) -> Outcome<()> {
    for begin in (0..world.subscriptions).step_by(chunk) {
        let numbers = begin..(begin + chunk).min(world.subscriptions);
        let charges = stream::iter(numbers.map(Ok::<_, Box<dyn std::error::Error + Send + Sync>>));
        charges.try_for_each_concurrent(threads, |number| charge(world, number)).await?;
    }
    Ok(())
}

async fn charge(world: &World, number: usize) -> Outcome<()> {
    world.maru.stack.invoke("on_renewal_due", message(number)).await?;
    Ok(())
}

fn message(number: usize) -> Value {
    let body = json!({
        "id": format!("due_{number}"), "type": "billing.renewal_due", "version": 1,
        "occurredAt": "2026-02-15T15:00:00Z", "data": { "memberId": member(number), "night": DAY },
    });
    json!({ "Records": [{
        "messageId": format!("m{number}"), "receiptHandle": "r", "body": body.to_string(), "md5OfBody": "",
        "attributes": { "ApproximateReceiveCount": "1" }, "messageAttributes": {}, "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:ap-northeast-2:000000000000:renewals", "awsRegion": "ap-northeast-2",
    }] })
}

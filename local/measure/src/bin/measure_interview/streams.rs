//! Many streams of one job that is at work, in one process.

use std::time::{Duration, Instant};

use futures::{StreamExt, TryStreamExt, stream};
use maru_measure::{Outcome, build, milliseconds, rounded, say};
use reqwest::Client;
use serde_json::json;
use tokio::task::JoinHandle;

use crate::connections::{self, AT_ONCE};
use crate::events::Events;
use crate::process::{Busy, Taken};
use crate::server::{APPEND, END, READS, Server};
use crate::times::{seconds, spread};

/// How many streams warm the process up, and how long: so few that what they leave behind is little beside the others.
const FEW: usize = 10;
const WARM: Duration = Duration::from_secs(2);

/// How long nothing happens, first until the streams have found their pace, and then while it is measured.
const IDLE: Duration = Duration::from_secs(10);

/// How many events there are then, and how long after each other: about as many as an interview has in its time.
const EVENTS: usize = 20;
const BETWEEN: Duration = Duration::from_millis(500);

/// How long the last of them may take to be everywhere.
const LAST: Duration = Duration::from_secs(60);

/// Opens so many streams and measures what they take.
pub async fn measure(streams: usize) -> Outcome<()> {
    let connection = connections::kib_each(streams).await?;
    let mut server = Server::start()?;
    let client = Client::new();
    // Warms up.
    let few = open(&client, &server.stream_url, FEW).await?;
    tokio::time::sleep(WARM).await;
    few.iter().for_each(JoinHandle::abort);
    let before = server.taken()?;
    let watchers = open(&client, &server.stream_url, streams).await?;
    tokio::time::sleep(IDLE).await;
    let idle = Window::begin(&mut server, streams)?;
    tokio::time::sleep(IDLE).await;
    let (idle, taken_idle) = (idle.end(&mut server)?, server.taken()?);
    let eventful = Window::begin(&mut server, streams)?;
    let (ordered, taken_most) = events(&mut server).await?;
    let eventful = eventful.end(&mut server)?;
    server.order(END)?;
    let late = late(watchers, &ordered).await?;
    say(&json!({
        "part": "streams", "build": build(), "streams": streams, "connectionKib": connection,
        "idleSeconds": seconds(IDLE),
        "idleKib": before.kib_each_until(taken_idle, streams),
        "idleReadsPerStreamSecond": idle.reads, "idleBusyCores": idle.cores,
        "events": EVENTS, "betweenMilliseconds": milliseconds(BETWEEN),
        "eventsKib": before.kib_each_until(taken_most, streams),
        "eventsReadsPerStreamSecond": eventful.reads, "eventsBusyCores": eventful.cores,
        "lateMilliseconds": spread(&late, milliseconds),
        "processKibBefore": before.kib, "processKibIdle": taken_idle.kib, "processKibEvents": taken_most.kib,
        "threadsBefore": before.threads, "threadsIdle": taken_idle.threads, "threadsEvents": taken_most.threads,
    }));
    Ok(())
}

/// A time in which the process is looked at.
struct Window {
    streams: usize,
    began: Instant,
    busy: Busy,
}

/// What was seen in it.
struct Load {
    /// How often each stream read the database in a second.
    reads: f64,
    /// How many processors were busy with the process.
    cores: f64,
}

impl Window {
    fn begin(server: &mut Server, streams: usize) -> Outcome<Self> {
        server.order(READS)?;
        Ok(Self { streams, began: Instant::now(), busy: server.busy()? })
    }

    fn end(self, server: &mut Server) -> Outcome<Load> {
        let (seconds, cores) = (self.began.elapsed().as_secs_f64(), self.busy.cores()?);
        let reads = server.order(READS)?["reads"].as_f64().ok_or("no reads")?;
        #[expect(clippy::cast_precision_loss, reason = "less than 2^52 streams")]
        let each = reads / self.streams.max(1) as f64;
        Ok(Load { reads: rounded(each / seconds), cores })
    }
}

/// What somebody saw who watched to the end: the numbers of the events, and when each was there.
type Seen = Vec<(u64, Instant)>;

async fn open(client: &Client, url: &str, streams: usize) -> Outcome<Vec<JoinHandle<Outcome<Seen>>>> {
    let opening = stream::iter(0..streams).map(|_| Events::open(client, url)).buffer_unordered(AT_ONCE);
    opening.map_ok(|events| tokio::spawn(watch(events))).try_collect().await
}

async fn watch(mut events: Events) -> Outcome<Seen> {
    let mut seen = Vec::with_capacity(EVENTS);
    while let Some(event) = events.next().await? {
        if let Some(number) = event.data["number"].as_u64() {
            seen.push((number, event.at));
        }
    }
    Ok(seen)
}

/// Lets all events happen; gives when each was ordered, and the most that the process took meanwhile.
async fn events(server: &mut Server) -> Outcome<(Vec<Instant>, Taken)> {
    let (mut ordered, mut busiest) = (Vec::with_capacity(EVENTS), server.taken()?);
    for _ in 0..EVENTS {
        ordered.push(Instant::now());
        server.order(APPEND)?;
        tokio::time::sleep(BETWEEN).await;
        let taken = server.taken()?;
        busiest.kib = busiest.kib.max(taken.kib);
        busiest.threads = busiest.threads.max(taken.threads);
    }
    Ok((ordered, busiest))
}

/// How long after its order each event was there, everywhere.
async fn late(watchers: Vec<JoinHandle<Outcome<Seen>>>, ordered: &[Instant]) -> Outcome<Vec<Duration>> {
    let mut late = Vec::with_capacity(watchers.len() * ordered.len());
    for watcher in watchers {
        let seen = tokio::time::timeout(LAST, watcher).await???;
        if !seen.iter().map(|(number, _)| *number).eq(1..=ordered.len() as u64) {
            return Err(format!("of {} events a stream showed {}", ordered.len(), seen.len()).into());
        }
        late.extend(seen.iter().zip(ordered).map(|((_, there), ordered)| there.duration_since(*ordered)));
    }
    Ok(late)
}

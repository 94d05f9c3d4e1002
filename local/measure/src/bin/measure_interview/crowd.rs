//! Many people at once, each with an interview, against one alone; and all of them watching against few of them, which
//! is what their streams cost each other.

use std::sync::Arc;
use std::time::Duration;

use futures::future::try_join_all;
use maru_measure::{Outcome, build, rounded, say};
use serde_json::json;

use crate::process::Busy;
use crate::texts::sections;
use crate::times::seconds;
use crate::waits::Waits;
use crate::watched::{Interview, ask};
use crate::world::{World, calls};

/// Of so many one watches where few do.
const FEW: usize = 10;

/// How long those may take whom nobody watches, after the others.
const REST: Duration = Duration::from_secs(60);

/// So many `people` ask at the same moment, once with few of them watching and once with all; `alone` are interviews of
/// people who did not have to share.
pub async fn measure(world: &Arc<World>, people: usize, alone: &[Interview]) -> Outcome<()> {
    let (times, alone) = (alone.len(), Waits::of(alone));
    let mut few = None;
    for every in [FEW, 1] {
        world.maru.stack.parts().counts.clear();
        let busy = Busy::of(std::process::id())?;
        let watched = at_once(world, people, every).await?;
        let cores = busy.cores()?;
        let (of_streams, of_all) = calls(&world.maru);
        let watching: Duration = watched.iter().map(|interview| interview.end).sum();
        let together = Waits::of(&watched);
        let said_to_few = few.as_ref().map(|few| together.said(few));
        say(&json!({
            "part": "crowd", "build": build(), "people": people, "watching": watched.len(),
            "modelSeconds": seconds(world.model), "aloneTimes": times,
            "alone": alone.said(&alone), "waits": together.said(&alone), "waitsToFew": said_to_few,
            "readsPerStreamSecond": rounded(of_streams / watching.as_secs_f64()),
            "shareOfCallsPercent": rounded(of_streams / of_all * 100.0), "busyCores": cores,
        }));
        few = few.or(Some(together));
        world.maru.stack.settle(REST).await?;
    }
    Ok(())
}

/// So many people ask at once, and of so many one watches.
async fn at_once(world: &Arc<World>, people: usize, every: usize) -> Outcome<Vec<Interview>> {
    let people = (0..people).map(|person| {
        let world = Arc::clone(world);
        tokio::spawn(async move {
            let sections = sections(person);
            if person.is_multiple_of(every) {
                return Interview::of(&world, &sections).await.map(Some);
            }
            ask(&world, &sections).await?;
            Ok(None)
        })
    });
    let watched = try_join_all(people).await?.into_iter().collect::<Outcome<Vec<_>>>()?;
    Ok(watched.into_iter().flatten().collect())
}

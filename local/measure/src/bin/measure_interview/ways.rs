//! The same three sections in three ways.

use std::collections::BTreeSet;

use maru_measure::{Outcome, build, median, say};
use serde_json::json;

use crate::texts::{SECTIONS, sections};
use crate::times::seconds;
use crate::waits::Waits;
use crate::watched::Interview;
use crate::world::World;

/// Measures each way so many times, in turn; gives the interviews of the people who asked for all sections at once,
/// while nobody else did.
pub async fn measure(world: &World, times: usize) -> Outcome<Vec<Interview>> {
    // Warms up.
    Interview::of(world, &sections(0)).await?;
    let (mut side_by_side, mut one_by_one) = (Vec::new(), Vec::new());
    for time in 0..times {
        let sections = sections(time);
        side_by_side.push(Interview::of(world, &sections).await?);
        one_by_one.push(one_after_another(world, &sections).await?);
    }
    let as_built = Waits::of(&side_by_side);
    for (way, interviews, waits) in [
        ("sideBySide", &side_by_side, Waits::of(&side_by_side)),
        ("oneAfterAnother", &one_by_one, Waits::of(&one_by_one)),
        ("gathered", &side_by_side, Waits::gathered(&side_by_side)),
    ] {
        let candidates: BTreeSet<usize> = interviews.iter().flat_map(|it| it.candidates.clone()).collect();
        say(&json!({
            "part": "ways", "build": build(), "way": way, "times": times,
            "modelSeconds": seconds(world.model), "candidates": candidates,
            "waits": waits.said(&as_built), "sectionsWholeSeconds": wholes(interviews),
        }));
    }
    Ok(side_by_side)
}

/// After how long each section had all its questions, the middle one of all people.
fn wholes(interviews: &[Interview]) -> Vec<f64> {
    let whole = |section| median(interviews.iter().map(|interview| interview.whole(section)).collect());
    (0..SECTIONS).map(|section| seconds(whole(section))).collect()
}

/// Three people ask about one section each, the next when the one before has everything: as if one person did, with
/// no pause between.
async fn one_after_another(world: &World, sections: &[String]) -> Outcome<Interview> {
    let mut all = Interview::default();
    for (place, section) in sections.chunks(1).enumerate() {
        let interview = Interview::of(world, section).await?.later(all.end, place);
        all = all.followed_by(interview);
    }
    Ok(all)
}

//! Whether a trace is one of the model's.

use std::collections::HashSet;

use stateright::Model;

use super::{Event, Observation, Trace};
use crate::billing::Billing;
use crate::world::World;

/// How many of the observations that would have been possible are told.
const TOLD: usize = 12;

/// A trace that the model cannot have done.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("observation {at} is none of the model's\n{story}\n\nit could have had:\n{possible}")]
pub struct Impossible {
    /// Which observation it is, from 1.
    pub at: usize,
    /// The trace up to there.
    story: String,
    /// What could have been seen instead.
    possible: String,
}

/// Every world that one event can lead to.
struct Search<'a> {
    billing: &'a Billing,
    event: &'a Event,
    passed: HashSet<World>,
    open: Vec<World>,
}

impl Billing {
    /// Holds `trace` against the model: from each observation to the next there has to be a way. All worlds that fit are
    /// followed, because what was seen does not tell everything.
    ///
    /// # Errors
    /// [`Impossible`]: something was done that the model does not do.
    pub fn replay(&self, trace: &Trace) -> Result<(), Impossible> {
        let mut worlds = vec![trace.first.world()];
        let mut known = HashSet::new();
        for (number, event) in trace.events.iter().enumerate() {
            let mut search = Search::new(self, event, &worlds);
            search.run();
            let fitting = search.passed.iter().filter(|world| event.is_done(self, world));
            worlds = fitting.filter_map(|world| event.seen.recognise(world, &known)).collect();
            if worlds.is_empty() {
                let story = Trace { first: trace.first.clone(), events: trace.events[..=number].to_vec() };
                let story = story.to_string();
                return Err(Impossible { at: number + 1, story, possible: search.possible() });
            }
            known.extend(event.seen.order_id());
        }
        Ok(())
    }
}

impl<'a> Search<'a> {
    /// Begins in `worlds`, as late as was seen after the event.
    fn new(billing: &'a Billing, event: &'a Event, worlds: &[World]) -> Self {
        let mut open = worlds.to_vec();
        open.retain_mut(|world| world.becomes_as_late_as(event.seen.now));
        Self { billing, event, passed: open.iter().cloned().collect(), open }
    }

    /// Goes every way on which no more happens than was seen.
    fn run(&mut self) {
        let mut actions = Vec::new();
        while let Some(world) = self.open.pop() {
            self.billing.actions(&world, &mut actions);
            actions.retain(|action| self.event.allows(&world, action));
            for action in actions.drain(..) {
                let mut next = world.clone();
                if !self.billing.happens(&mut next, &action) || self.event.seen.is_before(&next) {
                    continue;
                }
                next.forget_the_futile(self.billing);
                if self.passed.insert(next.clone()) {
                    self.open.push(next);
                }
            }
        }
    }

    /// What could have been seen.
    fn possible(&self) -> String {
        let seen = self.passed.iter().filter_map(Observation::of).map(|seen| format!("     {seen}"));
        let seen: HashSet<String> = seen.collect();
        let mut seen = Vec::from_iter(seen);
        seen.sort();
        seen.truncate(TOLD);
        seen.join("\n")
    }
}

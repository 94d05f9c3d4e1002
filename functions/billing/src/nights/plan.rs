//! A night begins: everything that is due is put on its list, and a message is sent for each.
//!
//! What was due on an earlier day and is still there (billing was down, or a message was lost) belongs to this
//! night. Whoever begins a night again, because the first died or somebody pressed the button, puts the same on
//! the same list; what is being charged, or was, is not found any more.

use jiff::{Span, Timestamp, civil::Date};
use maru_store::{Item, StoreError, text};
use serde::{Deserialize, Serialize};

use super::{Night, RenewalQueue};
use crate::error::Error;
use crate::store::{Store, due_day, expires_at, night_key, planned_key};

/// How far back the first night looks.
const FIRST_LOOKS_BACK: i64 = 40;

/// How many subscriptions are read at a time.
const BATCH: i32 = 500;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Planned {
    expires_at: i64,
}

#[derive(Deserialize)]
struct IsDue {
    /// The member.
    due: String,
}

impl Store {
    /// Begins the night of `day`, or begins it again: finds what is due, notes it, and asks for it. Gives the
    /// night as it is then, and how much was asked for now.
    ///
    /// # Errors
    /// [`Error`]: begin again.
    pub async fn begin_night(&self, day: Date, queue: &RenewalQueue) -> Result<(Night, u64), Error> {
        let now = self.now();
        let new = Night { day, begun_at: now, planned_at: None, finished_at: None, counts: None };
        let _ = self.table().put_new(&night_key(day), &new).await?;
        let nights = self.nights(day).await?;
        let night = nights.first().filter(|night| night.day == day).cloned().unwrap_or(new);
        if night.finished_at.is_some() {
            return Ok((night, 0));
        }
        let mut asked = 0;
        let mut due = first_day(&nights, day);
        while due <= day {
            asked += self.ask_for(due, day, queue).await?;
            let Ok(next) = due.tomorrow() else { break };
            due = next;
        }
        let planned_at = Some(self.planned(day, now).await?);
        Ok((Night { planned_at, ..night }, asked))
    }

    /// Puts all that is due on `due` on the list of the night of `day`, and asks for it.
    async fn ask_for(&self, due: Date, day: Date, queue: &RenewalQueue) -> Result<u64, Error> {
        let (mut asked, mut from) = (0, None);
        let expires_at = expires_at(self.now());
        loop {
            let (members, next) = self.due_on(due, from).await?;
            let planned = members
                .iter()
                .map(|member| self.table().encode(&planned_key(day, member), &Planned { expires_at }));
            let planned: Vec<Item> = planned.collect::<Result<_, _>>()?;
            asked += planned.len() as u64;
            // On the list before the message is out: a night never ends while something is asked for.
            self.table().put_all(planned).await?;
            queue.send(members, Some(day), self.now()).await?;
            if next.is_none() {
                return Ok(asked);
            }
            from = next;
        }
    }

    /// A batch of the members whose subscriptions are due on `day`, and where the next one begins.
    async fn due_on(&self, day: Date, from: Option<Item>) -> Result<(Vec<String>, Option<Item>), StoreError> {
        let query = self
            .table()
            .query(&due_day(day))
            .index_name("byDue")
            .key_condition_expression("duePartition = :pk")
            .limit(BATCH)
            .set_exclusive_start_key(from);
        let (due, next): (Vec<IsDue>, _) = self.table().query_batch(query).await?;
        Ok((due.into_iter().map(|each| each.due).collect(), next))
    }

    async fn planned(&self, day: Date, now: Timestamp) -> Result<Timestamp, StoreError> {
        let update = self
            .table()
            .update(&night_key(day))
            .update_expression("SET plannedAt = if_not_exists(plannedAt, :now)")
            .expression_attribute_values(":now", text(now.to_string()));
        self.table().update_if(update).await?;
        Ok(now)
    }
}

/// The first day on which something can have been due that no night has seen: the last night that is finished saw
/// all before its own day.
fn first_day(nights: &[Night], day: Date) -> Date {
    let finished = nights.iter().find(|night| night.finished_at.is_some());
    finished.map_or_else(|| day.saturating_sub(Span::new().days(FIRST_LOOKS_BACK)), |night| night.day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn night(day: Date, finished: bool) -> Night {
        let finished_at = finished.then_some(Timestamp::UNIX_EPOCH);
        Night { day, begun_at: Timestamp::UNIX_EPOCH, planned_at: None, finished_at, counts: None }
    }

    #[test]
    fn a_night_looks_back_to_the_last_that_was_finished() {
        let nights =
            [night(date(2027, 3, 4), false), night(date(2027, 3, 3), false), night(date(2027, 3, 1), true)];
        assert_eq!(first_day(&nights, date(2027, 3, 4)), date(2027, 3, 1));
        assert_eq!(first_day(&nights[..1], date(2027, 3, 4)), date(2027, 1, 23));
    }
}

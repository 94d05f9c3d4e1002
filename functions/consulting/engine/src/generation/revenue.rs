//! What was paid, per lecture and day.

use super::{ReduceError, lectures::Lecture, numbers::DayRevenue};
use crate::export::DayNumber;

/// Sums per lecture index and day. A list that is sorted and summed now and then takes a third of the memory
/// of a map, and is what the result needs.
#[derive(Debug, Default)]
pub(super) struct Revenue {
    sums: Vec<Sum>,
}

#[derive(Clone, Copy, Debug)]
struct Sum {
    lecture: u32,
    day: DayNumber,
    amount: i64,
}

impl Revenue {
    /// Adds a payment; [`Revenue::settle`] must follow.
    pub(super) fn add(&mut self, lecture: usize, day: DayNumber, amount: i64) {
        // There are at most half a million lectures.
        self.sums.push(Sum { lecture: u32::try_from(lecture).unwrap_or(u32::MAX), day, amount });
    }

    /// Sums what was added of the same lecture and day.
    ///
    /// # Errors
    /// `RevenueOverflow` when a sum is beyond 64 bits.
    pub(super) fn settle(&mut self, lectures: &[Lecture]) -> Result<(), ReduceError> {
        self.sums.sort_unstable_by_key(|sum| (sum.lecture, sum.day));
        let mut overflow = None;
        self.sums.dedup_by(|next, kept| {
            let same = (next.lecture, next.day) == (kept.lecture, kept.day);
            if same {
                match kept.amount.checked_add(next.amount) {
                    Some(amount) => kept.amount = amount,
                    None => overflow = Some(*kept),
                }
            }
            same
        });
        overflow.map_or(Ok(()), |sum| Err(beyond(sum, lectures)))
    }

    /// Takes the days of each lecture, by lecture index.
    pub(super) fn into_days(self, lectures: usize) -> Vec<Vec<DayRevenue>> {
        let mut days = vec![Vec::new(); lectures];
        for lecture in self.sums.chunk_by(|one, next| one.lecture == next.lecture) {
            if let Some(days) = days.get_mut(lecture[0].lecture as usize) {
                *days = lecture.iter().filter_map(Sum::revenue).collect();
            }
        }
        days
    }
}

impl Sum {
    fn revenue(&self) -> Option<DayRevenue> {
        Some(DayRevenue { day: self.day.date()?, amount: self.amount })
    }
}

fn beyond(sum: Sum, lectures: &[Lecture]) -> ReduceError {
    ReduceError::RevenueOverflow {
        lecture_id: lectures
            .get(sum.lecture as usize)
            .map(|lecture| lecture.lecture_id.clone())
            .unwrap_or_default(),
        day: sum.day.date().unwrap_or_default(),
    }
}

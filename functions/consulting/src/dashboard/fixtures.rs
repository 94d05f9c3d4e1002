//! Small lecturers for the tests of the rules and of the pictures.

use jiff::civil::Date;
use proptest::prelude::*;

use crate::generation::numbers::{DayRevenue, LectureNumbers, LecturerNumbers};

/// A lecture without learners and revenue, titled like its id.
pub(super) fn lecture(id: &str) -> LectureNumbers {
    LectureNumbers { lecture_id: id.to_owned(), title: id.to_owned(), ..LectureNumbers::default() }
}

/// A lecturer of these lectures, and of nothing else.
pub(super) fn lecturer(lectures: Vec<LectureNumbers>) -> LecturerNumbers {
    LecturerNumbers { lecturer_id: "lecturer".to_owned(), lectures, ..LecturerNumbers::default() }
}

/// What a test says about a lecture.
pub(super) trait Described: Sized {
    fn titled(self, title: &str) -> Self;

    fn paid(self, day: Date, amount: i64) -> Self;

    /// Puts the learners into the lowest decile, and those who finished into the highest.
    fn learnt(self, learners: u64, finished: u64) -> Self;
}

impl Described for LectureNumbers {
    fn titled(mut self, title: &str) -> Self {
        title.clone_into(&mut self.title);
        self
    }

    fn paid(mut self, day: Date, amount: i64) -> Self {
        self.revenue.push(DayRevenue { day, amount });
        self
    }

    fn learnt(mut self, learners: u64, finished: u64) -> Self {
        (self.learners, self.finished) = (learners, finished);
        self.deciles[0] = learners - finished;
        self.deciles[9] = finished;
        self
    }
}

/// Any lecturer of up to 12 lectures with revenue in the 400 days up to `last`.
pub(super) fn any_lecturer(last: Date) -> impl Strategy<Value = LecturerNumbers> {
    let revenue = prop::collection::btree_map(0_i32..400, 1_i64..=9_000_000_000_000, 0..20);
    let deciles = prop::array::uniform10(0_u64..5_000);
    let lectures = prop::collection::vec((revenue, deciles, ".{0,40}"), 0..12);
    (lectures, prop::array::uniform5(0_u64..9_000)).prop_map(move |(lectures, lectures_per_student)| {
        let lectures = lectures.into_iter().enumerate().map(|(index, (revenue, deciles, title))| {
            let paid = revenue.into_iter().rev().map(|(days_ago, amount)| DayRevenue {
                day: last.saturating_sub(jiff::Span::new().days(days_ago)),
                amount,
            });
            LectureNumbers {
                lecture_id: format!("lecture-{index:02}"),
                title,
                learners: deciles.iter().sum(),
                finished: deciles[9] / 2,
                deciles,
                revenue: paid.collect(),
            }
        });
        LecturerNumbers { lectures_per_student, ..lecturer(lectures.collect()) }
    })
}

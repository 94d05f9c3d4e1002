//! The rows of the five datasets.

use std::{
    collections::VecDeque,
    io::{self, Write},
};

use super::{
    draw::{Draw, Purpose},
    sink::{Cell, Sink},
    texts,
    world::{Lecture, Purchase, Refund, World, rfc_3339},
};

pub(super) const LECTURES: &[&str] =
    &["lectureId", "lecturerId", "title", "category", "level", "price", "status", "createdAt"];
pub(super) const ENROLLMENTS: &[&str] =
    &["enrollmentId", "lectureId", "studentId", "paidAmount", "status", "enrolledAt"];
pub(super) const PROGRESS: &[&str] = &["lectureId", "studentId", "percent", "updatedAt"];
pub(super) const QUESTIONS: &[&str] =
    &["questionId", "lectureId", "studentId", "title", "content", "createdAt"];
pub(super) const REVIEWS: &[&str] = &[
    "reviewId",
    "lectureId",
    "studentId",
    "rating",
    "usefulness",
    "difficulty",
    "comment",
    "suggestion",
    "createdAt",
];

const LEVELS: [&str; 3] = ["하", "중", "상"];
/// Every so many purchases come twice, as where two pages of the platform overlap.
const REPEATED_EVERY: u64 = 211;

/// Writes datasets of one world.
pub(super) struct Datasets {
    world: World,
}

impl Datasets {
    pub(super) const fn new(world: World) -> Self {
        Self { world }
    }

    /// All lectures; the first one once more in front, under the title that it had before.
    pub(super) fn lectures(&self, mut sink: Sink<impl Write>) -> io::Result<u64> {
        let first = Lecture { lecturer: 0, slot: 0 };
        sink.row(&self.lecture_row(first, "옛 제목".to_owned()))?;
        for lecture in self.world.lectures() {
            sink.row(&self.lecture_row(lecture, lecture.title()))?;
        }
        sink.finish()
    }

    fn lecture_row(&self, lecture: Lecture, title: String) -> [Cell; 8] {
        [
            lecture.id().into(),
            lecture.lecturer_id().into(),
            title.into(),
            texts::CATEGORIES[lecture.category()].name.into(),
            LEVELS[(lecture.lecturer + lecture.slot) as usize % LEVELS.len()].into(),
            self.world.price(lecture).into(),
            "APPROVED".into(),
            "2025-03-02T01:00:00Z".into(),
        ]
    }

    /// So many rows of purchases and refunds.
    pub(super) fn enrollments(&self, mut sink: Sink<impl Write>, rows: u64) -> io::Result<u64> {
        let mut refunds: VecDeque<(u64, Purchase)> = VecDeque::new();
        for number in 0.. {
            if sink.rows() >= rows {
                break;
            }
            let purchase = self.world.purchase(number);
            let row = enrollment_row(&purchase, purchase.refund == Refund::Known);
            sink.row(&row)?;
            if number % REPEATED_EVERY == 0 {
                sink.row(&row)?;
            }
            if let Refund::Later(after) = purchase.refund {
                refunds.push_back((number + after, purchase));
            }
            while let Some((_, refunded)) = refunds.pop_front_if(|(due, _)| *due <= number) {
                sink.row(&enrollment_row(&refunded, true))?;
            }
        }
        sink.finish()
    }

    /// So many rows of progress, most of them of a purchase.
    pub(super) fn progress(&self, mut sink: Sink<impl Write>, rows: u64) -> io::Result<u64> {
        for number in 0.. {
            if sink.rows() >= rows {
                break;
            }
            let mut draw = self.world.draw(Purpose::Watching, number);
            // Every tenth row is newer or older than another of the same purchase, or as old as it.
            let of = if number % 10 == 9 { number - 4 } else { number };
            let Purchase { lecture, student_id, enrolled_at, .. } = self.world.purchase(of);
            let student_id =
                if number % 17 == 3 { self.world.any_student(lecture, &mut draw) } else { student_id };
            let updated_at = enrolled_at + 86_400 * i64::from(draw.below(4) as u32);
            sink.row(&[
                lecture.id().into(),
                student_id.into(),
                watched_percent(&mut draw).into(),
                rfc_3339(updated_at).into(),
            ])?;
        }
        sink.finish()
    }

    /// So many questions.
    pub(super) fn questions(&self, mut sink: Sink<impl Write>, rows: u64) -> io::Result<u64> {
        for number in 0.. {
            if sink.rows() >= rows {
                break;
            }
            let mut draw = self.world.draw(Purpose::Question, number);
            let (lecture, student_id) = self.writer(number, &mut draw);
            let created_at = self.world.moment(&mut draw);
            let (title, content) = texts::question(lecture.category(), number, &mut draw);
            sink.row(&[
                format!("question-{}", number + 1).into(),
                lecture.id().into(),
                student_id.into(),
                title.into(),
                content.into(),
                rfc_3339(created_at).into(),
            ])?;
        }
        sink.finish()
    }

    /// So many reviews.
    pub(super) fn reviews(&self, mut sink: Sink<impl Write>, rows: u64) -> io::Result<u64> {
        for number in 0.. {
            if sink.rows() >= rows {
                break;
            }
            let mut draw = self.world.draw(Purpose::Review, number);
            let (lecture, student_id) = self.writer(number, &mut draw);
            let created_at = self.world.moment(&mut draw);
            let rating = 5 - draw.low_below(5);
            let (comment, suggestion) = texts::review(lecture.category(), rating, number, &mut draw);
            sink.row(&[
                format!("review-{}", number + 1).into(),
                lecture.id().into(),
                student_id.into(),
                i64::from(rating as u32).into(),
                i64::from((rating + draw.below(2)).min(5) as u32).into(),
                i64::from(1 + draw.below(5) as u32).into(),
                comment.into(),
                suggestion.into(),
                rfc_3339(created_at).into(),
            ])?;
        }
        sink.finish()
    }

    /// Who writes about what: mostly somebody who has bought it.
    fn writer(&self, number: u64, draw: &mut Draw) -> (Lecture, String) {
        let Purchase { lecture, student_id, .. } = self.world.purchase(number * 20 + draw.below(20));
        (lecture, student_id)
    }
}

fn enrollment_row(purchase: &Purchase, refunded: bool) -> [Cell; 6] {
    [
        format!("enrollment-{}", purchase.number + 1).into(),
        purchase.lecture.id().into(),
        purchase.student_id.clone().into(),
        purchase.paid_amount.into(),
        if refunded { "REFUNDED" } else { "ENROLLED" }.into(),
        rfc_3339(purchase.enrolled_at).into(),
    ]
}

/// Many have hardly begun, many have finished, the others are on their way.
fn watched_percent(draw: &mut Draw) -> i64 {
    let percent = match draw.below(10) {
        0..=1 => draw.below(10),
        2..=4 => 97 + draw.below(4),
        _ => draw.below(101),
    };
    i64::from(percent as u32)
}

//! The same result computed naively: whole maps over plain rows, ids as strings, days from the time-zone
//! database. It shares no code with what it judges but the types of the result.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};

use super::export::{Enrollment, Export, Writing};
use crate::generation::{
    LecturerOutcome, QuestionText, ReviewText,
    numbers::{DayRevenue, Feedback, LectureNumbers, LecturerNumbers},
};

/// The outcomes of all lecturers in the order of their ids, as of the end of `day`.
pub fn reference(export: &Export, day: Date) -> Vec<LecturerOutcome> {
    let lectures: BTreeMap<_, _> =
        export.lectures.iter().map(|row| (&*row.lecture_id, (&*row.lecturer_id, &*row.title))).collect();
    let lecturers: BTreeSet<_> = lectures.values().map(|(lecturer, _)| *lecturer).collect();
    let judge = Judge { day, enrollments: counting_enrollments(export, &lectures, day), export, lectures };
    lecturers.into_iter().map(|lecturer| judge.outcome(lecturer)).collect()
}

struct Judge<'a> {
    export: &'a Export,
    day: Date,
    /// Lecture id → lecturer id and title.
    lectures: BTreeMap<&'a str, (&'a str, &'a str)>,
    enrollments: Vec<&'a Enrollment>,
}

fn seoul_day(time: Timestamp) -> Date {
    time.in_tz("Asia/Seoul").unwrap().date()
}

fn counting_enrollments<'a>(
    export: &'a Export,
    lectures: &BTreeMap<&str, (&str, &str)>,
    day: Date,
) -> Vec<&'a Enrollment> {
    let last: BTreeMap<_, _> = export
        .enrollments
        .iter()
        .map(|row| ((&row.enrollment_id, &row.lecture_id, &row.student_id), row))
        .collect();
    let counts = |row: &&Enrollment| {
        let lecturer = lectures.get(&*row.lecture_id).map(|(lecturer, _)| *lecturer);
        row.status == "ENROLLED"
            && lecturer.is_some()
            && lecturer != Some(&*row.student_id)
            && seoul_day(row.enrolled_at) <= day
    };
    last.into_values().filter(counts).collect()
}

impl<'a> Judge<'a> {
    fn outcome(&self, lecturer: &str) -> LecturerOutcome {
        let own: Vec<_> =
            self.lectures.iter().filter(|(_, (owner, _))| *owner == lecturer).map(|(id, _)| *id).collect();
        let mut per_student: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in self.enrollments.iter().filter(|row| own.contains(&&*row.lecture_id)) {
            per_student.entry(&row.student_id).or_default().insert(&row.lecture_id);
        }
        let mut lectures_per_student = [0; 5];
        for lectures in per_student.values() {
            lectures_per_student[lectures.len().min(5) - 1] += 1;
        }
        let reviews = self.writings(&self.export.reviews, lecturer);
        let questions = self.writings(&self.export.questions, lecturer);
        let mut ratings = [0; 5];
        for review in &reviews {
            ratings[usize::from(review.marks[0]) - 1] += 1;
        }
        let feedback = Feedback { reviews: reviews.len() as u64, questions: questions.len() as u64, ratings };
        LecturerOutcome {
            numbers: LecturerNumbers {
                lecturer_id: lecturer.to_owned(),
                lectures: own.into_iter().map(|lecture| self.lecture(lecture)).collect(),
                lectures_per_student,
                feedback,
            },
            reviews: reviews.into_iter().take(30).map(|review| self.review(review)).collect(),
            questions: questions.into_iter().take(30).map(|question| self.question(question)).collect(),
        }
    }

    fn lecture(&self, lecture: &str) -> LectureNumbers {
        let bought: Vec<_> = self.enrollments.iter().filter(|row| row.lecture_id == lecture).collect();
        let learners: BTreeSet<_> = bought.iter().map(|row| &*row.student_id).collect();
        let mut numbers = LectureNumbers {
            lecture_id: lecture.to_owned(),
            title: self.lectures[lecture].1.to_owned(),
            learners: learners.len() as u64,
            ..LectureNumbers::default()
        };
        for student in learners {
            let rows = self
                .export
                .progress
                .iter()
                .filter(|row| row.lecture_id == lecture && row.student_id == student);
            // Of equal maxima `max_by_key` gives the last.
            let percent = rows.max_by_key(|row| row.updated_at).map_or(0, |row| row.percent);
            numbers.deciles[if percent == 100 { 9 } else { usize::from(percent) / 10 }] += 1;
            numbers.finished += u64::from(percent >= 98);
        }
        let mut revenue: BTreeMap<Date, i64> = BTreeMap::new();
        for row in bought {
            *revenue.entry(seoul_day(row.enrolled_at)).or_default() += row.paid_amount;
        }
        let paid = revenue.into_iter().filter(|(_, amount)| *amount > 0);
        numbers.revenue = paid.map(|(day, amount)| DayRevenue { day, amount }).collect();
        numbers
    }

    /// The reviews or questions of a lecturer that count, the newest first.
    fn writings(&self, rows: &'a [Writing], lecturer: &str) -> Vec<&'a Writing> {
        let last: BTreeMap<_, _> =
            rows.iter().map(|row| ((&row.id, &row.lecture_id, &row.student_id), row)).collect();
        let mut counting: Vec<_> = last
            .into_values()
            .filter(|row| self.lectures.get(&*row.lecture_id).is_some_and(|(owner, _)| *owner == lecturer))
            .filter(|row| seoul_day(row.created_at) <= self.day)
            .collect();
        // Rows that share time, id and lecture have no order that a reader could see: by hash, as documented.
        counting.sort_by_key(|row| {
            let student = xxhash_rust::xxh3::xxh3_128(row.student_id.as_bytes());
            (std::cmp::Reverse(row.created_at), &row.id, &row.lecture_id, student)
        });
        counting
    }

    fn review(&self, row: &Writing) -> ReviewText {
        ReviewText {
            review_id: row.id.clone(),
            lecture_id: row.lecture_id.clone(),
            lecture_title: self.lectures[&*row.lecture_id].1.to_owned(),
            rating: row.marks[0],
            usefulness: row.marks[1],
            difficulty: row.marks[2],
            comment: row.texts[0].clone(),
            suggestion: row.texts[1].clone(),
            created_at: row.created_at,
        }
    }

    fn question(&self, row: &Writing) -> QuestionText {
        QuestionText {
            question_id: row.id.clone(),
            lecture_id: row.lecture_id.clone(),
            lecture_title: self.lectures[&*row.lecture_id].1.to_owned(),
            title: row.texts[0].clone(),
            content: row.texts[1].clone(),
            created_at: row.created_at,
        }
    }
}

//! The reduce side: one shard's sections become the lecturers' numbers.

use jiff::civil::Date;

use super::{
    LecturerOutcome, QuestionText, ReduceError, ReviewText,
    key::Key,
    learners::{Audience, Learners, StudentRows},
    lectures::{Lecture, Lectures},
    numbers::{DayRevenue, Feedback, LectureNumbers, LecturerNumbers},
    record::{self, EnrollmentRecord, ProgressRecord},
    writings::{Tally, Writing, Writings},
};
use crate::export::{Dataset, DayNumber};

/// Reduces one [`Shard`](super::Shard).
///
/// Push the shard's section of every page of every dataset, in any order, then call
/// [`Aggregator::end_pass`]; while it says that another pass is needed, push everything again. Then
/// [`Aggregator::finish`].
///
/// What counts, beside what [`LecturerNumbers`] says:
/// - An enrolment is known by its lecture, its student and its id. Of the rows of one enrolment the last in
///   the export counts, and only that one is asked for its status and its day.
/// - Progress is the state as exported, whatever the run's day is: of one student and lecture the row with the
///   latest `updatedAt`, of equal ones the last in the export.
/// - Reviews and questions are known like enrolments; the last row counts.
#[derive(Debug)]
pub struct Aggregator {
    day: DayNumber,
    slices: u32,
    slice: u32,
    lectures: Lectures,
    rows: StudentRows,
    learners: Learners,
    reviews: Writings,
    questions: Writings,
}

impl Aggregator {
    /// For a run as of the end of `day` in Asia/Seoul, over a shard of so many slices.
    pub fn new(day: Date, slices: u32) -> Self {
        Self {
            day: DayNumber::from(day),
            slices: slices.max(1),
            slice: 0,
            lectures: Lectures::default(),
            rows: StudentRows::default(),
            learners: Learners::default(),
            reviews: Writings::new(Dataset::Reviews),
            questions: Writings::new(Dataset::Questions),
        }
    }

    /// Takes the shard's section of one page's body. `page` is the page's place in its dataset: a higher one
    /// comes later in the export.
    ///
    /// # Errors
    /// `DamagedSection` unless the section is made of whole records.
    pub fn push(&mut self, dataset: Dataset, page: u32, section: &[u8]) -> Result<(), ReduceError> {
        let (slice, slices) = (self.slice, self.slices);
        let wanted = |student: Key| student.slice(slices) == slice;
        match dataset {
            Dataset::Lectures => return self.lectures.push(page, section),
            Dataset::Reviews => return self.reviews.push(page, section, wanted),
            Dataset::Questions => return self.questions.push(page, section, wanted),
            Dataset::Enrollments => {
                let rows = record::fixed::<EnrollmentRecord>(dataset, page, section)?;
                self.rows.enrollments.extend(rows.filter(|row| wanted(row.record.student)));
            }
            Dataset::Progress => {
                let rows = record::fixed::<ProgressRecord>(dataset, page, section)?;
                self.rows.progress.extend(rows.filter(|row| wanted(row.record.student)));
            }
        }
        Ok(())
    }

    /// Works off what was pushed. `true` when everything must be pushed once more, for the next slice of the
    /// students.
    ///
    /// # Errors
    /// `MissingLecture` when a section of the lectures was not pushed, `RevenueOverflow`, `DamagedSection`.
    pub fn end_pass(&mut self) -> Result<bool, ReduceError> {
        self.learners.fold(&mut self.rows, &self.lectures, self.day)?;
        self.reviews.fold(&self.lectures, self.day)?;
        self.questions.fold(&self.lectures, self.day)?;
        self.slice = (self.slice + 1).min(self.slices);
        Ok(self.slice < self.slices)
    }

    /// The lecturers of the shard in the order of their ids, also those who have sold nothing.
    pub fn finish(self) -> Vec<LecturerOutcome> {
        let Self { lectures, learners, reviews, questions, .. } = self;
        let Learners { audiences, lectures_per_student, revenue } = learners;
        let mut outcomes: Vec<_> = lectures
            .lecturers()
            .iter()
            .zip(lectures_per_student)
            .zip(reviews.tallies.into_iter().zip(questions.tallies))
            .map(|((lecturer_id, lectures_per_student), (reviews, questions))| {
                outcome(lecturer_id, lectures_per_student, reviews, questions, &lectures)
            })
            .collect();
        let days = revenue.into_days(audiences.len());
        for ((lecture, audience), revenue) in lectures.all().iter().zip(audiences).zip(days) {
            outcomes[lecture.lecturer].numbers.lectures.push(numbers(lecture, audience, revenue));
        }
        for outcome in &mut outcomes {
            outcome.numbers.lectures.sort_unstable_by(|one, other| one.lecture_id.cmp(&other.lecture_id));
        }
        outcomes.sort_unstable_by(|one, other| one.numbers.lecturer_id.cmp(&other.numbers.lecturer_id));
        outcomes
    }
}

/// A lecturer's outcome but for the lectures.
fn outcome(
    lecturer_id: &str,
    lectures_per_student: [u64; 5],
    reviews: Tally,
    questions: Tally,
    lectures: &Lectures,
) -> LecturerOutcome {
    let feedback = Feedback { reviews: reviews.count, questions: questions.count, ratings: reviews.ratings };
    let (lecturer_id, own) = (lecturer_id.to_owned(), Vec::new());
    LecturerOutcome {
        numbers: LecturerNumbers { lecturer_id, lectures: own, lectures_per_student, feedback },
        reviews: reviews.newest.into_iter().map(|review| review_text(review, lectures)).collect(),
        questions: questions.newest.into_iter().map(|question| question_text(question, lectures)).collect(),
    }
}

fn numbers(lecture: &Lecture, audience: Audience, revenue: Vec<DayRevenue>) -> LectureNumbers {
    let Audience { learners, finished, deciles } = audience;
    LectureNumbers {
        lecture_id: lecture.lecture_id.clone(),
        title: lecture.title.clone(),
        learners,
        finished,
        deciles,
        revenue,
    }
}

fn review_text(review: Writing, lectures: &Lectures) -> ReviewText {
    let lecture = &lectures.all()[review.lecture];
    let [review_id, comment, suggestion] = review.texts;
    ReviewText {
        review_id,
        lecture_id: lecture.lecture_id.clone(),
        lecture_title: lecture.title.clone(),
        rating: review.head.rating,
        usefulness: review.head.usefulness,
        difficulty: review.head.difficulty,
        comment,
        suggestion,
        created_at: review.head.created_at.timestamp(),
    }
}

fn question_text(question: Writing, lectures: &Lectures) -> QuestionText {
    let lecture = &lectures.all()[question.lecture];
    let [question_id, title, content] = question.texts;
    QuestionText {
        question_id,
        lecture_id: lecture.lecture_id.clone(),
        lecture_title: lecture.title.clone(),
        title,
        content,
        created_at: question.head.created_at.timestamp(),
    }
}

//! From enrolments and progress to learners, deciles and revenue: the heart of the reduction.

use super::{
    ReduceError,
    key::Key,
    lectures::Lectures,
    numbers::FINISHED_PERCENT,
    record::{EnrollmentRecord, ProgressRecord, Sequenced},
    revenue::Revenue,
};
use crate::export::DayNumber;

/// What is known of the learners of one lecture.
#[derive(Clone, Debug, Default)]
pub(super) struct Audience {
    pub(super) learners: u64,
    pub(super) finished: u64,
    pub(super) deciles: [u64; 10],
}

/// The sums over all students so far. Every one of them is a sum over students, so students may come in any
/// order and in any number of passes, each student whole in one of them.
#[derive(Debug, Default)]
pub(super) struct Learners {
    /// By lecture index.
    pub(super) audiences: Vec<Audience>,
    /// By lecturer index: students with 1, 2, 3, 4, and 5 or more lectures.
    pub(super) lectures_per_student: Vec<[u64; 5]>,
    pub(super) revenue: Revenue,
}

/// The rows of one pass, of the students of its slice.
#[derive(Debug, Default)]
pub(super) struct StudentRows {
    pub(super) enrollments: Vec<Sequenced<EnrollmentRecord>>,
    pub(super) progress: Vec<Sequenced<ProgressRecord>>,
}

impl StudentRows {
    /// Brings each student's rows together, each lecture's within them, and of what overrules one another
    /// the last row last: of an enrolment the last in the export, of progress the latest, and of equally
    /// late ones the last in the export.
    fn sort(&mut self) {
        self.enrollments.sort_unstable_by_key(|row| {
            let EnrollmentRecord { student, lecture, enrollment, .. } = row.record;
            (student, lecture.get(), enrollment, row.place)
        });
        self.progress.sort_unstable_by_key(|row| {
            let ProgressRecord { student, lecture, updated_at, .. } = row.record;
            (student, lecture.get(), updated_at, row.place)
        });
    }
}

impl Learners {
    /// Adds the students of a pass and empties `rows` for the next.
    ///
    /// # Errors
    /// `MissingLecture`, `RevenueOverflow`.
    pub(super) fn fold(
        &mut self,
        rows: &mut StudentRows,
        lectures: &Lectures,
        day: DayNumber,
    ) -> Result<(), ReduceError> {
        self.audiences.resize(lectures.all().len(), Audience::default());
        self.lectures_per_student.resize(lectures.lecturers().len(), [0; 5]);
        rows.sort();
        let mut watched = Watched { rows: &rows.progress };
        let mut lecturers = Vec::new();
        for student in rows.enrollments.chunk_by(|one, next| one.record.student == next.record.student) {
            lecturers.clear();
            for enrollments in student.chunk_by(|one, next| one.record.lecture == next.record.lecture) {
                let EnrollmentRecord { student, lecture, .. } = enrollments[0].record;
                let index = lectures.index(lecture.get())?;
                if self.buy(index, enrollments, day) {
                    self.audiences[index].add(watched.percent(student, lecture.get()));
                    lecturers.push(lectures.all()[index].lecturer);
                }
            }
            self.count_lectures(&mut lecturers);
        }
        rows.enrollments.clear();
        rows.progress.clear();
        self.revenue.settle(lectures.all())
    }

    /// Enters what one student paid for one lecture, and says whether the student learns in it.
    fn buy(&mut self, lecture: usize, rows: &[Sequenced<EnrollmentRecord>], day: DayNumber) -> bool {
        let mut learns = false;
        for rows in rows.chunk_by(|one, next| one.record.enrollment == next.record.enrollment) {
            let EnrollmentRecord { refunded, day: bought, paid_amount, .. } = rows[rows.len() - 1].record;
            let bought = DayNumber(bought.get());
            if refunded == 0 && bought <= day {
                learns = true;
                if paid_amount.get() > 0 {
                    self.revenue.add(lecture, bought, paid_amount.get());
                }
            }
        }
        learns
    }

    /// Counts one student, given the lecturer of each lecture that the student learns in.
    fn count_lectures(&mut self, lecturers: &mut [usize]) {
        lecturers.sort_unstable();
        for lectures in lecturers.chunk_by(|one, next| one == next) {
            self.lectures_per_student[lectures[0]][lectures.len().min(5) - 1] += 1;
        }
    }
}

impl Audience {
    fn add(&mut self, percent: u8) {
        self.learners += 1;
        self.finished += u64::from(percent >= FINISHED_PERCENT);
        self.deciles[usize::from(percent / 10).min(9)] += 1;
    }
}

/// The progress rows that are not yet passed, in the order in which the enrolments come.
struct Watched<'a> {
    rows: &'a [Sequenced<ProgressRecord>],
}

impl Watched<'_> {
    /// How much of the lecture the student has watched; 0 without a row. Asked in ascending order only.
    fn percent(&mut self, student: Key, lecture: u32) -> u8 {
        let wanted = (student, lecture);
        let key = |row: &Sequenced<ProgressRecord>| (row.record.student, row.record.lecture.get());
        let mut percent = 0;
        while let [row, rest @ ..] = self.rows
            && key(row) <= wanted
        {
            if key(row) == wanted {
                percent = row.record.percent;
            }
            self.rows = rest;
        }
        percent
    }
}

//! The compact record of each kind of row.

use zerocopy::{
    IntoBytes,
    little_endian::{I32, I64, U32},
};

use crate::{
    export::{DayNumber, EnrollmentRow, ExportRow, LectureRow, ProgressRow, QuestionRow, ReviewRow},
    generation::{
        catalogue::Found,
        key::Key,
        record::{EnrollmentRecord, LectureHead, ProgressRecord, WritingHead, append_texts, lengths},
    },
};

/// A row that knows its compact record.
pub(super) trait Compact<'a>: ExportRow<'a> {
    /// The lecture that the row is of.
    fn lecture_id(&self) -> &str;

    /// Appends the record, or nothing when no number can depend on the row.
    fn append(&self, lecture: Found, body: &mut Vec<u8>);
}

impl<'a> Compact<'a> for LectureRow<'a> {
    fn lecture_id(&self) -> &str {
        &self.lecture_id
    }

    fn append(&self, lecture: Found, body: &mut Vec<u8>) {
        if Key::of(&self.lecturer_id) != lecture.lecturer {
            return;
        }
        let texts = [&*self.lecture_id, &*self.lecturer_id, &*self.title];
        let head = LectureHead { lecture: U32::new(lecture.ordinal), lengths: lengths(texts) };
        append_texts(&head, texts, body);
    }
}

impl<'a> Compact<'a> for EnrollmentRow<'a> {
    fn lecture_id(&self) -> &str {
        &self.lecture_id
    }

    fn append(&self, lecture: Found, body: &mut Vec<u8>) {
        let student = Key::of(&self.student_id);
        if student == lecture.lecturer {
            return;
        }
        let record = EnrollmentRecord {
            student,
            lecture: U32::new(lecture.ordinal),
            enrollment: Key::of(&self.enrollment_id),
            paid_amount: I64::new(self.paid_amount),
            day: I32::new(DayNumber::in_seoul(self.enrolled_at).0),
            refunded: u8::from(self.refunded),
        };
        body.extend_from_slice(record.as_bytes());
    }
}

impl<'a> Compact<'a> for ProgressRow<'a> {
    fn lecture_id(&self) -> &str {
        &self.lecture_id
    }

    fn append(&self, lecture: Found, body: &mut Vec<u8>) {
        let student = Key::of(&self.student_id);
        if student == lecture.lecturer {
            return;
        }
        let record = ProgressRecord {
            student,
            lecture: U32::new(lecture.ordinal),
            updated_at: self.updated_at.into(),
            percent: self.percent,
        };
        body.extend_from_slice(record.as_bytes());
    }
}

impl<'a> Compact<'a> for QuestionRow<'a> {
    fn lecture_id(&self) -> &str {
        &self.lecture_id
    }

    fn append(&self, lecture: Found, body: &mut Vec<u8>) {
        let texts = [&*self.question_id, &*self.title, &*self.content];
        let head = WritingHead {
            student: Key::of(&self.student_id),
            lecture: U32::new(lecture.ordinal),
            writing: Key::of(&self.question_id),
            created_at: self.created_at.into(),
            rating: 0,
            usefulness: 0,
            difficulty: 0,
            lengths: lengths(texts),
        };
        append_texts(&head, texts, body);
    }
}

impl<'a> Compact<'a> for ReviewRow<'a> {
    fn lecture_id(&self) -> &str {
        &self.lecture_id
    }

    fn append(&self, lecture: Found, body: &mut Vec<u8>) {
        let texts = [&*self.review_id, &*self.comment, &*self.suggestion];
        let head = WritingHead {
            student: Key::of(&self.student_id),
            lecture: U32::new(lecture.ordinal),
            writing: Key::of(&self.review_id),
            created_at: self.created_at.into(),
            rating: self.rating,
            usefulness: self.usefulness,
            difficulty: self.difficulty,
            lengths: lengths(texts),
        };
        append_texts(&head, texts, body);
    }
}

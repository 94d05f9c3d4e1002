//! Small exports drawn at random: few ids, so that everything meets everything, and times around the edges
//! of days.

use jiff::Timestamp;
use proptest::{collection::vec, prelude::*, sample::select};

#[derive(Clone, Debug)]
pub struct Lecture {
    pub lecture_id: String,
    pub lecturer_id: String,
    pub title: String,
}

#[derive(Clone, Debug)]
pub struct Enrollment {
    pub enrollment_id: String,
    pub lecture_id: String,
    pub student_id: String,
    pub paid_amount: i64,
    pub status: String,
    pub enrolled_at: Timestamp,
}

#[derive(Clone, Debug)]
pub struct Progress {
    pub lecture_id: String,
    pub student_id: String,
    pub percent: u8,
    pub updated_at: Timestamp,
}

/// A review, or a question, which leaves the marks unused.
#[derive(Clone, Debug)]
pub struct Writing {
    pub id: String,
    pub lecture_id: String,
    pub student_id: String,
    pub marks: [u8; 3],
    pub texts: [String; 2],
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, Default)]
pub struct Export {
    pub lectures: Vec<Lecture>,
    pub enrollments: Vec<Enrollment>,
    pub progress: Vec<Progress>,
    pub reviews: Vec<Writing>,
    pub questions: Vec<Writing>,
}

impl Export {
    pub fn lecture(&mut self, lecture_id: &str, lecturer_id: &str, title: &str) {
        self.lectures.push(Lecture {
            lecture_id: lecture_id.to_owned(),
            lecturer_id: lecturer_id.to_owned(),
            title: title.to_owned(),
        });
    }

    pub fn enrollment(&mut self, id: &str, lecture: &str, student: &str, paid: i64, status: &str, at: &str) {
        self.enrollments.push(Enrollment {
            enrollment_id: id.to_owned(),
            lecture_id: lecture.to_owned(),
            student_id: student.to_owned(),
            paid_amount: paid,
            status: status.to_owned(),
            enrolled_at: at.parse().unwrap(),
        });
    }
}

/// Students 0 and 1 are lecturers too.
fn student() -> impl Strategy<Value = String> {
    (0..7).prop_map(|number| if number < 2 { format!("usr{number}") } else { format!("stu{number}") })
}

/// Few lectures and times, so that many rows are of one lecture and student and equally late.
fn progress() -> impl Strategy<Value = Progress> {
    let lecture_id = (0..4).prop_map(|number| format!("lec{number}"));
    let time = select(vec!["2026-02-28T00:00:00Z", "2026-03-05T00:00:00Z"]);
    (lecture_id, student(), select(vec![0, 9, 10, 89, 90, 97, 98, 100]), time).prop_map(
        |(lecture_id, student_id, percent, time)| Progress {
            lecture_id,
            student_id,
            percent,
            updated_at: time.parse().unwrap(),
        },
    )
}

/// Lecture 9 may be referred to without being in the catalogue.
fn lecture_id() -> impl Strategy<Value = String> {
    (0..10).prop_map(|number| format!("lec{number}"))
}

fn time() -> impl Strategy<Value = Timestamp> {
    select(vec![
        "1969-12-31T23:59:59.5Z",
        "2026-01-31T14:59:59Z",
        "2026-01-31T15:00:00Z",
        "2026-02-28T14:59:59.999999999Z",
        "2026-02-28T15:00:00Z",
        "2026-03-01T00:00:00Z",
        "2026-03-01T00:00:00.000000001Z",
        "2026-03-01T14:59:59Z",
        "2026-03-01T15:00:00Z",
    ])
    .prop_map(|time| time.parse().unwrap())
}

fn text() -> impl Strategy<Value = String> {
    select(vec!["", "all", "좋아요 👍", "a, \"b\"\nc", "\\", "스프링"]).prop_map(str::to_owned)
}

fn writing() -> impl Strategy<Value = Writing> {
    let id = (0..60).prop_map(|number| format!("wrt{number}"));
    (id, lecture_id(), student(), [1..=5_u8, 1..=5, 1..=5], [text(), text()], time()).prop_map(
        |(id, lecture_id, student_id, marks, texts, created_at)| Writing {
            id,
            lecture_id,
            student_id,
            marks,
            texts,
            created_at,
        },
    )
}

fn enrollment() -> impl Strategy<Value = Enrollment> {
    let id = (0..4).prop_map(|number| format!("enr{number}"));
    let status = select(vec!["ENROLLED", "ENROLLED", "REFUNDED"]).prop_map(str::to_owned);
    (id, lecture_id(), student(), 0..3_i64, status, time()).prop_map(
        |(enrollment_id, lecture_id, student_id, paid, status, enrolled_at)| Enrollment {
            enrollment_id,
            lecture_id,
            student_id,
            paid_amount: paid * 10_000,
            status,
            enrolled_at,
        },
    )
}

/// Whole exports.
pub fn exports() -> impl Strategy<Value = Export> {
    let lecture = ((0..9), (0..3), text()).prop_map(|(lecture, lecturer, title)| Lecture {
        lecture_id: format!("lec{lecture}"),
        lecturer_id: format!("usr{lecturer}"),
        title,
    });
    (
        vec(lecture, 0..15),
        vec(enrollment(), 0..60),
        vec(progress(), 0..100),
        vec(writing(), 0..100),
        vec(writing(), 0..100),
    )
        .prop_map(|(lectures, enrollments, progress, reviews, questions)| Export {
            lectures,
            enrollments,
            progress,
            reviews,
            questions,
        })
}

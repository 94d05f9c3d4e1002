//! A lecture platform's export written by hand, row by row.

use std::fs;
use std::path::Path;

use serde_json::json;

/// The five datasets as JSON lines.
#[derive(Clone, Debug, Default)]
pub struct Export {
    lectures: Vec<String>,
    enrollments: Vec<String>,
    progress: Vec<String>,
    questions: Vec<String>,
    reviews: Vec<String>,
}

impl Export {
    /// A lecture; its title is `제목 <id>`.
    #[must_use]
    pub fn lecture(self, id: &str, lecturer: &str) -> Self {
        self.titled_lecture(id, lecturer, &format!("제목 {id}"))
    }

    /// A lecture with a title.
    #[must_use]
    pub fn titled_lecture(mut self, id: &str, lecturer: &str, title: &str) -> Self {
        let row = json!({
            "lectureId": id, "lecturerId": lecturer, "title": title, "category": "스프링", "level": "중",
            "price": 10_000, "status": "APPROVED", "createdAt": "2025-01-01T00:00:00Z",
        });
        self.lectures.push(row.to_string());
        self
    }

    /// An enrolment; `status` is `ENROLLED` or `REFUNDED`.
    #[must_use]
    pub fn enrollment(mut self, lecture: &str, student: &str, amount: i64, status: &str, at: &str) -> Self {
        let row = json!({
            "enrollmentId": format!("e{}", self.enrollments.len()), "lectureId": lecture, "studentId": student,
            "paidAmount": amount, "status": status, "enrolledAt": at,
        });
        self.enrollments.push(row.to_string());
        self
    }

    /// How far a student is.
    #[must_use]
    pub fn progress(mut self, lecture: &str, student: &str, percent: u8) -> Self {
        let row = json!({
            "lectureId": lecture, "studentId": student, "percent": percent, "updatedAt": "2026-01-10T00:00:00Z",
        });
        self.progress.push(row.to_string());
        self
    }

    /// A review with a comment; later ones are newer.
    #[must_use]
    pub fn review(mut self, id: &str, lecture: &str, rating: u8, comment: &str) -> Self {
        let minute = self.reviews.len();
        let row = json!({
            "reviewId": id, "lectureId": lecture, "studentId": format!("s-{id}"), "rating": rating,
            "usefulness": rating, "difficulty": 3, "comment": comment, "suggestion": "",
            "createdAt": format!("2026-01-05T{:02}:{:02}:00Z", minute / 60, minute % 60),
        });
        self.reviews.push(row.to_string());
        self
    }

    /// A question; later ones are newer.
    #[must_use]
    pub fn question(mut self, id: &str, lecture: &str, content: &str) -> Self {
        let minute = self.questions.len();
        let row = json!({
            "questionId": id, "lectureId": lecture, "studentId": format!("s-{id}"), "title": "질문 있습니다",
            "content": content, "createdAt": format!("2026-01-06T{:02}:{:02}:00Z", minute / 60, minute % 60),
        });
        self.questions.push(row.to_string());
        self
    }

    /// A line of the enrolments as it stands, broken or not.
    #[must_use]
    pub fn raw_enrollment(mut self, line: &str) -> Self {
        self.enrollments.push(line.to_owned());
        self
    }

    /// Writes the five files into `directory`, in place of what is there.
    pub fn write(&self, directory: &Path) {
        let datasets = [
            ("lectures", &self.lectures),
            ("enrollments", &self.enrollments),
            ("progress", &self.progress),
            ("questions", &self.questions),
            ("reviews", &self.reviews),
        ];
        for (name, lines) in datasets {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            fs::write(directory.join(format!("{name}.ndjson")), text).expect("the directory can be written");
        }
    }

    /// The text of a review or a question of this id, its fields one behind the other.
    #[must_use]
    pub fn text_of(&self, id: &str) -> Option<String> {
        self.reviews.iter().chain(&self.questions).find_map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).ok()?;
            let found = [&row["reviewId"], &row["questionId"]].iter().any(|each| each.as_str() == Some(id));
            let fields = ["comment", "suggestion", "title", "content"];
            found.then(|| {
                fields.iter().filter_map(|field| row[*field].as_str()).collect::<Vec<_>>().join("\n")
            })
        })
    }

    /// A small export with everything in it, up to 2026-01-15: two lecturers, refunds, progress, twelve
    /// reviews and six questions of `lecturer-a`.
    #[must_use]
    pub fn small() -> Self {
        let mut export = Self::default()
            .lecture("l1", "lecturer-a")
            .lecture("l2", "lecturer-a")
            .lecture("l3", "lecturer-b");
        for student in 0..8_u8 {
            let (name, at) = (format!("s{student}"), format!("2026-01-{:02}T03:00:00Z", 8 + student));
            let lecture = if student % 2 == 0 { "l1" } else { "l2" };
            export = export
                .enrollment(lecture, &name, 10_000 + i64::from(student), "ENROLLED", &at)
                .progress(lecture, &name, student * 14);
        }
        export = export
            .enrollment("l1", "s9", 99_000, "REFUNDED", "2026-01-12T03:00:00Z")
            .enrollment("l1", "lecturer-a", 0, "ENROLLED", "2026-01-01T00:00:00Z")
            .enrollment("l3", "s1", 30_000, "ENROLLED", "2026-01-15T14:59:59Z")
            .enrollment("l3", "s2", 30_000, "ENROLLED", "2026-01-15T15:00:00Z");
        for review in 0..12 {
            let text = format!("예제 {review}번이 실무에 바로 도움이 되었어요. 설명 속도는 조금 빨랐습니다.");
            export = export.review(&format!("r{review}"), "l1", 1 + review % 5, &text);
        }
        for question in 0..6 {
            export = export.question(
                &format!("q{question}"),
                "l2",
                &format!("배포할 때 {question}번 오류가 납니다. 어떻게 하나요?"),
            );
        }
        export
    }
}

//! How a lecturer's outcome lies in the table: parts of a bounded size, sorted so that one query reads what a
//! dashboard needs.
//!
//! | sk | what |
//! |---|---|
//! | `REVENUE#<yyyy-mm>#<n>` | what was paid per lecture and day of the month |
//! | `SUMMARY#<n>` | the lectures without their revenue; the first part has the lecturer's own numbers too |
//! | `TEXTS#<n>` | the newest reviews and questions, which only the report reads |
//!
//! A dashboard reads from the earliest month that it shows to the end of the summary.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::generation::numbers::{DayRevenue, Feedback, LectureNumbers, LecturerNumbers};
use crate::generation::{LecturerOutcome, QuestionText, ReviewText};

/// The largest part, in bytes of JSON: an item of DynamoDB holds 400 KB, its keys included.
const PART_BYTES: usize = 300_000;

/// Where the parts that a dashboard reads end.
pub const SUMMARY_END: &str = "SUMMARY#~";

/// The prefix of the parts with texts.
pub const TEXTS: &str = "TEXTS#";

/// One item of a lecturer in a generation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The sort key.
    pub sk: String,
    /// JSON.
    pub data: String,
}

/// A part cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[error("the part {sk} of a generation cannot be written or read")]
pub struct PartError {
    sk: String,
    #[source]
    source: serde_json::Error,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LectureMonth {
    lecture_id: String,
    /// Day of the month, and KRW.
    days: Vec<(i8, i64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    lectures_per_student: [u64; 5],
    feedback: Feedback,
}

#[derive(Serialize, Deserialize)]
enum Summary {
    Head(Head),
    Lecture(LectureNumbers),
}

/// A review or a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Text {
    /// A review.
    Review(ReviewText),
    /// A question.
    Question(QuestionText),
}

/// The sort key from which a dashboard reads that shows nothing before `from`.
#[must_use]
pub fn first_key(from: Date) -> String {
    format!("REVENUE#{}", month(from))
}

/// The parts of a lecturer's outcome, in the order of their keys.
///
/// # Errors
/// [`PartError`].
pub fn parts(outcome: LecturerOutcome) -> Result<Vec<Part>, PartError> {
    let LecturerOutcome { numbers, reviews, questions } = outcome;
    let mut parts = Vec::new();
    for (month, lectures) in months(&numbers.lectures) {
        split(&format!("REVENUE#{month}#"), lectures, &mut parts)?;
    }
    let head = Head { lectures_per_student: numbers.lectures_per_student, feedback: numbers.feedback };
    let lectures =
        numbers.lectures.into_iter().map(|lecture| LectureNumbers { revenue: Vec::new(), ..lecture });
    let summary = std::iter::once(Summary::Head(head)).chain(lectures.map(Summary::Lecture));
    split("SUMMARY#", summary, &mut parts)?;
    let texts = reviews.into_iter().map(Text::Review).chain(questions.into_iter().map(Text::Question));
    split(TEXTS, texts, &mut parts)?;
    Ok(parts)
}

/// A lecturer's numbers out of the parts of the months that were read and of the summary.
///
/// # Errors
/// [`PartError`].
pub fn numbers(lecturer_id: &str, parts: &[Part]) -> Result<LecturerNumbers, PartError> {
    let mut numbers = LecturerNumbers { lecturer_id: lecturer_id.to_owned(), ..LecturerNumbers::default() };
    let mut revenue: BTreeMap<String, Vec<DayRevenue>> = BTreeMap::new();
    for part in parts {
        if let Some(month) = part.sk.strip_prefix("REVENUE#").and_then(first_of_month) {
            for LectureMonth { lecture_id, days } in read::<LectureMonth>(part)? {
                let days = days.into_iter().filter_map(|(day, amount)| {
                    month.with().day(day).build().ok().map(|day| DayRevenue { day, amount })
                });
                revenue.entry(lecture_id).or_default().extend(days);
            }
        } else {
            for summary in read::<Summary>(part)? {
                match summary {
                    Summary::Lecture(lecture) => numbers.lectures.push(lecture),
                    Summary::Head(head) => {
                        numbers.lectures_per_student = head.lectures_per_student;
                        numbers.feedback = head.feedback;
                    }
                }
            }
        }
    }
    for lecture in &mut numbers.lectures {
        lecture.revenue = revenue.remove(&lecture.lecture_id).unwrap_or_default();
    }
    Ok(numbers)
}

/// The texts in a part.
///
/// # Errors
/// [`PartError`].
pub fn texts(part: &Part) -> Result<Vec<Text>, PartError> {
    read(part)
}

fn months(lectures: &[LectureNumbers]) -> BTreeMap<String, Vec<LectureMonth>> {
    let mut months: BTreeMap<String, Vec<LectureMonth>> = BTreeMap::new();
    for lecture in lectures {
        for of_month in lecture.revenue.chunk_by(|one, next| month(one.day) == month(next.day)) {
            let days = of_month.iter().map(|revenue| (revenue.day.day(), revenue.amount)).collect();
            let entry = LectureMonth { lecture_id: lecture.lecture_id.clone(), days };
            months
                .entry(of_month.first().map(|first| month(first.day)).unwrap_or_default())
                .or_default()
                .push(entry);
        }
    }
    months
}

fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn first_of_month(key: &str) -> Option<Date> {
    format!("{}-01", key.get(..7)?).parse().ok()
}

/// Appends the JSON lists that hold `values`, each below the largest size.
fn split<T: Serialize>(
    prefix: &str,
    values: impl IntoIterator<Item = T>,
    parts: &mut Vec<Part>,
) -> Result<(), PartError> {
    let first = parts.len();
    let key = |parts: &Vec<Part>| format!("{prefix}{:03}", parts.len() - first);
    let mut data = String::new();
    for value in values {
        let json = serde_json::to_string(&value).map_err(|source| PartError { sk: key(parts), source })?;
        if !data.is_empty() && data.len() + json.len() > PART_BYTES {
            parts.push(Part { sk: key(parts), data: format!("[{data}]") });
            data.clear();
        }
        if !data.is_empty() {
            data.push(',');
        }
        data.push_str(&json);
    }
    if !data.is_empty() {
        parts.push(Part { sk: key(parts), data: format!("[{data}]") });
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(part: &Part) -> Result<Vec<T>, PartError> {
    serde_json::from_str(&part.data).map_err(|source| PartError { sk: part.sk.clone(), source })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn outcome(lectures: usize, days: i32) -> LecturerOutcome {
        let lecture = |index| LectureNumbers {
            lecture_id: format!("lecture-{index:04}"),
            title: "스프링 부트".to_owned(),
            learners: 3,
            finished: 1,
            deciles: [2, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            revenue: (0..days)
                .map(|day| DayRevenue {
                    day: date(2026, 1, 20).saturating_add(jiff::Span::new().days(day)),
                    amount: 9_900,
                })
                .collect(),
        };
        let numbers = LecturerNumbers {
            lecturer_id: "lecturer-1".to_owned(),
            lectures: (0..lectures).map(lecture).collect(),
            lectures_per_student: [1, 2, 3, 4, 5],
            feedback: Feedback { reviews: 2, questions: 1, ratings: [0, 0, 0, 1, 1] },
        };
        LecturerOutcome { numbers, ..LecturerOutcome::default() }
    }

    #[test]
    fn what_is_written_is_read() {
        for (lectures, days) in [(0, 0), (1, 0), (3, 60), (900, 45)] {
            let outcome = outcome(lectures, days);
            let parts = parts(outcome.clone()).unwrap();
            assert!(parts.iter().all(|part| part.data.len() < 310_000));
            assert!(parts.is_sorted_by(|one, next| one.sk < next.sk));
            assert_eq!(numbers("lecturer-1", &parts).unwrap(), outcome.numbers);
        }
    }

    #[test]
    fn a_dashboard_reads_from_its_first_month_to_the_end_of_the_summary() {
        let parts = parts(outcome(1, 60)).unwrap();
        let first = first_key(date(2026, 2, 11));
        let read: Vec<Part> =
            parts.into_iter().filter(|part| part.sk >= first && *part.sk <= *SUMMARY_END).collect();
        let numbers = numbers("lecturer-1", &read).unwrap();
        assert_eq!(numbers.lectures[0].revenue.first().map(|first| first.day), Some(date(2026, 2, 1)));
        assert_eq!(numbers.lectures_per_student, [1, 2, 3, 4, 5]);
    }
}

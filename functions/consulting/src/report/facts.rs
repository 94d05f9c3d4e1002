//! The dashboard's numbers as the model may use them.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use super::sources::{TITLE_CHARACTERS, beginning};
use super::{Coverage, Language};
use crate::dashboard::{
    Completion, DashboardError, LectureRevenue, LecturesPerStudent, MonthlyRevenue, Percent, ProgressGroups,
    Scope,
};
use crate::generation::numbers::LecturerNumbers;

/// Lectures that are named with their revenue.
const TOP_LECTURES: usize = 5;

/// A lecture's revenue. Titles only: the model must not write ids.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Revenue<'a> {
    lecture: &'a str,
    won: i64,
    percent_of_month: Percent,
}

/// Computes the facts of a lecturer's `numbers` as of `day`, the last day that they count. The names of the
/// fields are not those of the answer's form, so that neither is taken for the other.
pub fn facts(
    numbers: &LecturerNumbers,
    day: Date,
    (reviews, questions): (&Coverage, &Coverage),
    language: Language,
) -> Value {
    let scope = Scope { numbers, lecture: None, day, from: day, to: day };
    let ratings = (1..).zip(numbers.feedback.ratings);
    let ratings: Vec<Value> =
        ratings.map(|(stars, total)| json!({ "stars": stars, "reviews": total })).collect();
    json!({
        "language": language,
        "countedUntil": day,
        "reviews": {
            "total": reviews.count,
            "shown": reviews.used,
            "sufficiency": reviews.sufficiency,
            "neededToBeEnough": super::coverage::ENOUGH_REVIEWS,
            "byStars": ratings,
            "averageRating": average_rating(&numbers.feedback.ratings).map(stars),
        },
        "questions": {
            "total": questions.count,
            "shown": questions.used,
            "sufficiency": questions.sufficiency,
            "neededToBeEnough": super::coverage::ENOUGH_QUESTIONS,
        },
        "monthlyRevenue": MonthlyRevenue::compute(numbers, day).map_or_else(unknown_revenue, |month| revenue(&month)),
        "completion": completion(&Completion::compute(numbers)),
        "progress": progress(&ProgressGroups::compute(&scope)),
        "lecturesPerStudent": LecturesPerStudent::compute(numbers),
    })
}

/// The average rating in hundredths of a star, rounded to the nearest; none without a rating. `ratings` are
/// the reviews with 1, 2, 3, 4 and 5 stars.
pub fn average_rating(ratings: &[u64; 5]) -> Option<u64> {
    let count: u128 = ratings.iter().copied().map(u128::from).sum();
    let stars: u128 = (1_u128..).zip(ratings).map(|(stars, reviews)| stars * u128::from(*reviews)).sum();
    let hundredths = (stars * 200 + count).checked_div(count * 2)?;
    u64::try_from(hundredths).ok()
}

fn stars(hundredths: u64) -> f64 {
    // At most 500, far within what a float holds exactly.
    u32::try_from(hundredths).map_or(0.0, |hundredths| f64::from(hundredths) / 100.0)
}

/// A sum that no amount of money holds is the dashboard's error to tell; the texts can be analysed without.
fn unknown_revenue(_: DashboardError) -> Value {
    Value::Null
}

fn revenue(month: &MonthlyRevenue) -> Value {
    let top = month.items.iter().take(TOP_LECTURES).map(|LectureRevenue { title, amount, share, .. }| {
        Revenue { lecture: beginning(title, TITLE_CHARACTERS), won: *amount, percent_of_month: *share }
    });
    json!({ "month": month.month, "totalWon": month.total, "topLectures": top.collect::<Vec<_>>() })
}

fn completion(completion: &Completion) -> Value {
    let top = completion.items.iter().map(|item| {
        json!({
            "lecture": beginning(&item.title, TITLE_CHARACTERS),
            "learners": item.learners,
            "finished": item.finished,
            "percentFinished": item.percent,
        })
    });
    json!({ "finishedFromPercent": completion.finished_from, "topLectures": top.collect::<Vec<_>>() })
}

fn progress(progress: &ProgressGroups) -> Value {
    let groups = progress.groups.iter();
    let groups = groups.map(|group| json!({ "percentWatched": group.label, "learners": group.learners }));
    json!({ "learners": progress.learners, "groups": groups.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::generation::numbers::{DayRevenue, Feedback, LectureNumbers};

    const DAY: Date = date(2025, 9, 7);

    fn numbers() -> LecturerNumbers {
        let lecture = LectureNumbers {
            lecture_id: "lec-981".to_owned(),
            title: "자바 17".to_owned(),
            learners: 3,
            finished: 2,
            deciles: [1, 0, 0, 0, 0, 0, 0, 0, 0, 2],
            revenue: vec![
                DayRevenue { day: date(2025, 8, 31), amount: 99_000 },
                DayRevenue { day: DAY, amount: 55_000 },
            ],
        };
        LecturerNumbers {
            lecturer_id: "lecturer".to_owned(),
            lectures: vec![lecture],
            lectures_per_student: [3, 0, 0, 0, 0],
            feedback: Feedback { reviews: 3, questions: 1, ratings: [0, 0, 1, 0, 2] },
        }
    }

    fn facts_of(numbers: &LecturerNumbers) -> Value {
        let reviews = Coverage::of_reviews(numbers.feedback.reviews, 3, Language::Korean);
        let questions = Coverage::of_questions(numbers.feedback.questions, 1, Language::Korean);
        facts(numbers, DAY, (&reviews, &questions), Language::Korean)
    }

    #[test]
    fn the_facts_are_the_dashboards_numbers() {
        let facts = facts_of(&numbers());
        assert_eq!((&facts["language"], &facts["countedUntil"]), (&json!("ko"), &json!("2025-09-07")));
        assert_eq!(facts["reviews"]["averageRating"], json!(4.33));
        assert_eq!(facts["reviews"]["byStars"][4], json!({ "stars": 5, "reviews": 2 }));
        assert_eq!(facts["questions"]["sufficiency"], json!("limited"));
        let top = json!([{ "lecture": "자바 17", "won": 55_000, "percentOfMonth": 100.0 }]);
        assert_eq!(
            facts["monthlyRevenue"],
            json!({ "month": "2025-09", "totalWon": 55_000, "topLectures": top })
        );
        assert_eq!(facts["completion"]["topLectures"][0]["percentFinished"], json!(66.67));
        assert_eq!(facts["progress"]["groups"][9], json!({ "percentWatched": "90–100", "learners": 2 }));
        assert_eq!(facts["lecturesPerStudent"]["students"], json!(3));
        assert!(!facts.to_string().contains("lec-981"), "an id tells the model nothing");
    }

    #[test]
    fn the_average_is_rounded_to_the_nearest_hundredth() {
        assert_eq!(average_rating(&[0, 0, 1, 0, 2]), Some(433));
        assert_eq!(average_rating(&[1, 0, 0, 0, 2]), Some(367));
        assert_eq!(average_rating(&[0; 5]), None);
        assert_eq!(average_rating(&[0, 0, 0, 0, u64::MAX]), Some(500));
    }

    #[test]
    fn no_field_has_a_name_of_the_answers_form() {
        let facts = facts_of(&numbers()).to_string();
        for name in ["summary", "claim", "evidence", "count", "kind", "id", "quote", "strengths"] {
            assert!(!facts.contains(&format!("\"{name}\":")), "{name}");
        }
    }

    #[test]
    fn revenue_that_no_number_holds_is_left_out() {
        let mut numbers = numbers();
        numbers.lectures[0].revenue = vec![DayRevenue { day: DAY, amount: i64::MAX }; 2];
        assert_eq!(facts_of(&numbers)["monthlyRevenue"], Value::Null);
    }
}

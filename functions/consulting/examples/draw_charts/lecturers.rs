//! Lecturers to draw: one as they are, and those whose numbers are hard to draw.

use consulting::generation::numbers::{DayRevenue, Feedback, LectureNumbers, LecturerNumbers};
use jiff::{
    ToSpan,
    civil::{Date, date},
};

/// The last day of which the built-in lecturers have numbers.
pub const DAY: Date = date(2025, 9, 17);

/// Gives all of them.
pub fn built_in() -> Vec<LecturerNumbers> {
    vec![realistic(), one_learner(), eighty_lectures(), nothing(), extreme()]
}

fn realistic() -> LecturerNumbers {
    let lectures = [
        ("처음 배우는 스프링 부트: REST API부터 배포까지", 55_000, 1_240),
        ("실전 자바 동시성", 77_000, 430),
        ("리액트 18 완벽 가이드", 66_000, 860),
        ("SQL 튜닝 레시피 (MySQL 8 · PostgreSQL 16)", 88_000, 310),
        ("파이썬 데이터 분석 입문", 33_000, 2_150),
        ("알고리즘 코딩 테스트 120제", 44_000, 95),
    ];
    let lectures = lectures
        .iter()
        .enumerate()
        .map(|(index, (title, price, learners))| invent_lecture(index, title, *price, *learners));
    lecturer("realistic", lectures.collect(), [3_120, 640, 171, 48, 12])
}

fn one_learner() -> LecturerNumbers {
    let mut lecture = invent_lecture(0, "Rust로 만드는 서버리스", 1, 1);
    lecture.revenue = vec![DayRevenue { day: DAY.saturating_sub(2.days()), amount: 1 }];
    lecture.deciles = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    lecture.finished = 0;
    lecturer("one-learner", vec![lecture], [1, 0, 0, 0, 0])
}

fn eighty_lectures() -> LecturerNumbers {
    let lectures = (0..80_u64).map(|index| {
        let title = format!("강의 {index}: 하루 만에 끝내는 실무 {index}편");
        invent_lecture(
            usize::try_from(index).unwrap_or_default(),
            &title,
            20_000 + 1_000 * index,
            10 + index * 7,
        )
    });
    lecturer("eighty-lectures", lectures.collect(), [9_120, 5_230, 2_171, 1_048, 3_112])
}

fn nothing() -> LecturerNumbers {
    let lecture = LectureNumbers {
        lecture_id: "lec-new".to_owned(),
        title: "아직 팔리지 않은 강의".to_owned(),
        ..LectureNumbers::default()
    };
    lecturer("nothing", vec![lecture], [0; 5])
}

fn extreme() -> LecturerNumbers {
    let long = "아주 긴 제목이 계속됩니다 ".repeat(24);
    let titles = [
        "<script>alert('팝업')</script> & \"따옴표\"",
        &long,
        "תכנות בסיסי ב-Rust \u{202e}abc",
        "👩‍💻🔥💯 이모지 🚀",
        "all",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    ];
    let lectures = titles.iter().enumerate().map(|(index, title)| {
        let mut lecture = invent_lecture(index, title, 1_000_000_000, 900_000);
        for paid in &mut lecture.revenue {
            paid.amount = paid.amount.saturating_mul(1_000);
        }
        if index == 0 {
            lecture.revenue.retain(|paid| paid.day < DAY.saturating_sub(12.days()));
            lecture
                .revenue
                .push(DayRevenue { day: DAY.saturating_sub(4.days()), amount: 9_000_000_000_000_000 });
        }
        lecture
    });
    lecturer("extreme", lectures.collect(), [4_000_000_000, 12_345_678, 99_999, 1, 0])
}

/// Invents a lecture with plausible numbers that depend on nothing but the arguments.
fn invent_lecture(index: usize, title: &str, price: u64, learners: u64) -> LectureNumbers {
    let mut seed = 7_919 * (u64::try_from(index).unwrap_or_default() + 3);
    let mut draw = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below.max(1)
    };
    let mut revenue = Vec::new();
    for days_ago in (0..400_i32).rev() {
        let sold = draw(learners / 60 + 2).saturating_sub(learners / 200);
        if sold > 0 {
            let amount = i64::try_from(sold * price).unwrap_or(i64::MAX);
            revenue.push(DayRevenue { day: DAY.saturating_sub(days_ago.days()), amount });
        }
    }
    let weights = [19, 9, 7, 6, 5, 5, 6, 7, 10];
    let mut deciles = [0; 10];
    for (decile, weight) in deciles.iter_mut().zip(weights) {
        *decile = learners * (weight + draw(4)) / 100;
    }
    deciles[9] = learners - deciles.iter().sum::<u64>();
    LectureNumbers {
        lecture_id: format!("lec-{index:02}"),
        title: title.to_owned(),
        learners,
        finished: deciles[9] * (60 + draw(35)) / 100,
        deciles,
        revenue,
    }
}

fn lecturer(id: &str, lectures: Vec<LectureNumbers>, lectures_per_student: [u64; 5]) -> LecturerNumbers {
    LecturerNumbers {
        lecturer_id: id.to_owned(),
        lectures,
        lectures_per_student,
        feedback: Feedback::default(),
    }
}

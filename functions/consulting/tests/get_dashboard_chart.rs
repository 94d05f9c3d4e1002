//! `GET /consulting/dashboard/{chart}`.

use maru_testing::{Answer, Maru};
use reqwest::Method;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE};
use serde_json::json;

use crate::expect_only_lecturers;
use crate::get_dashboard::published;
use crate::night::setup;

/// The charts, and where each stands in the dashboard.
const CHARTS: [(&str, &str); 6] = [
    ("monthly-revenue", "monthlyRevenue"),
    ("revenue-share", "revenueShare"),
    ("revenue-trend", "revenueTrend"),
    ("completion", "completion"),
    ("progress-groups", "progressGroups"),
    ("lectures-per-student", "lecturesPerStudent"),
];

/// A chart as a browser's `<img>` would ask for it.
async fn picture(maru: &Maru, chart: &str, query: &str, language: &str) -> Answer {
    let request =
        maru.request(Method::GET, &format!("/consulting/dashboard/{chart}?{query}"), &maru.lecturer("kim"));
    let request = request.header(ACCEPT, "image/avif, image/svg+xml;q=0.9, */*;q=0.1");
    Answer::read(request.header(ACCEPT_LANGUAGE, language).send().await.unwrap()).await
}

/// The language and the theme of a picture, as its root names them.
fn style(picture: &str) -> (String, String) {
    let document = roxmltree::Document::parse(picture).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    (root.attribute("lang").unwrap().to_owned(), root.attribute("class").unwrap().to_owned())
}

#[tokio::test]
async fn each_chart_is_the_same_as_in_the_dashboard() {
    let maru = published().await;
    let kim = maru.lecturer("kim");
    let query = "lectureId=l-1&from=2025-12-01&to=2026-01-10";
    let all = maru.get(&format!("/consulting/dashboard?{query}"), &kim).await.expect(200);
    for (chart, field) in CHARTS {
        let mut one = maru.get(&format!("/consulting/dashboard/{chart}?{query}"), &kim).await.expect(200);
        let fields = one.as_object_mut().unwrap();
        assert_eq!(fields.remove("chart"), Some(json!(chart)));
        for common in ["day", "generationId", "publishedAt"] {
            assert_eq!(fields.remove(common).as_ref(), Some(&all[common]), "{common} of {chart}");
        }
        assert_eq!(one, all[field], "{chart}");
    }
}

#[tokio::test]
async fn each_chart_is_a_picture_for_whoever_accepts_one() {
    let maru = published().await;
    for (chart, _) in CHARTS {
        let answer = picture(&maru, chart, "", "").await;
        assert_eq!(
            (answer.status, &answer.headers["content-type"]),
            (200, &"image/svg+xml".parse().unwrap())
        );
        assert_eq!(answer.headers["vary"], "accept, accept-language");
        assert_eq!(style(&answer.text), ("ko".to_owned(), "maru-auto".to_owned()), "{chart}");
    }
    let texts = picture(&maru, "monthly-revenue", "", "").await.text;
    assert!(texts.contains("27,000") && texts.contains("스프링 부트"), "{texts}");
}

#[tokio::test]
async fn json_is_for_whoever_does_not_name_the_picture() {
    let maru = published().await;
    for accept in ["application/json", "*/*", "image/*", "text/html, image/png"] {
        let request = maru.request(Method::GET, "/consulting/dashboard/completion", &maru.lecturer("kim"));
        let answer = Answer::read(request.header(ACCEPT, accept).send().await.unwrap()).await;
        assert_eq!(answer.headers["content-type"], "application/json", "{accept}");
        assert_eq!(answer.expect(200)["chart"], "completion");
    }
}

#[tokio::test]
async fn a_picture_speaks_the_language_and_wears_the_theme_that_are_asked_for() {
    let maru = published().await;
    for (query, accepted, language, theme) in [
        ("", "en-US,en;q=0.9,ko;q=0.8", "en", "maru-auto"),
        ("", "ko-KR,ko;q=0.9,en;q=0.8", "ko", "maru-auto"),
        ("", "fr", "ko", "maru-auto"),
        ("language=ko", "en", "ko", "maru-auto"),
        ("language=en&theme=dark", "ko", "en", "maru-dark"),
        ("theme=light", "", "ko", "maru-light"),
        ("theme=auto", "", "ko", "maru-auto"),
    ] {
        for (chart, _) in CHARTS {
            let answer = picture(&maru, chart, query, accepted).await;
            assert_eq!(answer.status, 200);
            let expected = (language.to_owned(), theme.to_owned());
            assert_eq!(style(&answer.text), expected, "{chart}, {query:?}, {accepted:?}");
        }
    }
}

#[tokio::test]
async fn refuses_what_it_cannot_show_also_to_whoever_wants_a_picture() {
    let maru = published().await;
    for chart in ["unknown", "Completion", "monthlyRevenue", "%20"] {
        picture(&maru, chart, "", "").await.expect_problem(404, "not_found");
    }
    for (chart, _) in CHARTS {
        for (query, status, code) in [
            ("lectureId=x-1", 404, "not_found"),
            ("from=2026-01-02&to=2026-01-01", 400, "invalid_range"),
            ("from=2025-01-01&to=2026-01-02", 400, "range_too_long"),
            ("theme=neon", 400, "invalid_query"),
            ("language=fr", 400, "invalid_query"),
            ("unknown=1", 400, "invalid_query"),
        ] {
            picture(&maru, chart, query, "").await.expect_problem(status, code);
        }
    }
}

#[tokio::test]
async fn refuses_whoever_is_no_lecturer_and_says_that_nothing_is_published_yet() {
    let maru = setup().start().await;
    expect_only_lecturers(&maru, Method::GET, "/consulting/dashboard/completion").await;
    picture(&maru, "completion", "", "").await.expect_problem(404, "nothing_published");
}

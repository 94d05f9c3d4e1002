//! Every way in which a row may be broken, and what a page gives back, in both formats.

use super::*;

fn reason<'a, R: ExportRow<'a>>(format: Format, page: &'a str) -> Vec<Option<Reason>> {
    let page = Page { format, first_line: format.first_line(), bytes: page.as_bytes() };
    page.rows::<R>().map(|line| line.row.err().map(|fault| fault.reason)).collect()
}

fn enrollment(id: &str, amount: &str, status: &str, time: &str) -> Option<Reason> {
    let row = format!(
        r#"{{"enrollmentId":{id},"lectureId":"l","studentId":"s","paidAmount":{amount},"status":{status},"enrolledAt":{time}}}"#
    );
    reason::<EnrollmentRow<'_>>(Format::Ndjson, &row)[0]
}

const ID: &str = r#""e""#;
const PAID: &str = "1000";
const STATUS: &str = r#""ENROLLED""#;
const TIME: &str = r#""2026-03-01T00:00:00Z""#;

#[test]
fn a_good_row_is_read_with_all_its_fields() {
    let line = r#"{"reviewId":"r","lectureId":"l","studentId":"s","rating":5,"usefulness":4,"difficulty":1,"comment":"줄\n바꿈 \"따옴표\" 👍","suggestion":"","createdAt":"2026-03-01T09:00:00+09:00","upstream":{"new":[1]}}"#;
    let page = Page { format: Format::Ndjson, first_line: 1, bytes: line.as_bytes() };
    let row = page.rows::<ReviewRow<'_>>().next().unwrap().row.unwrap();
    assert_eq!((&*row.review_id, &*row.lecture_id, &*row.student_id), ("r", "l", "s"));
    assert_eq!((row.rating, row.usefulness, row.difficulty), (5, 4, 1));
    assert_eq!((&*row.comment, &*row.suggestion), ("줄\n바꿈 \"따옴표\" 👍", ""));
    assert_eq!(row.created_at, "2026-03-01T00:00:00Z".parse().unwrap());
}

#[test]
fn each_fault_of_a_row_has_its_code() {
    let long = format!("\"{}\"", "x".repeat(201));
    for (row, expected) in [
        (enrollment(ID, PAID, STATUS, TIME), None),
        (enrollment(&format!("\"{}\"", "x".repeat(200)), PAID, STATUS, TIME), None),
        (enrollment(&long, PAID, STATUS, TIME), Some(Reason::IdTooLong)),
        (enrollment("\"\"", PAID, STATUS, TIME), Some(Reason::EmptyId)),
        (enrollment("7", PAID, STATUS, TIME), Some(Reason::WrongType)),
        (enrollment("null", PAID, STATUS, TIME), Some(Reason::WrongType)),
        (enrollment(ID, "-1", STATUS, TIME), Some(Reason::OutOfRange)),
        (enrollment(ID, "\"1000\"", STATUS, TIME), Some(Reason::WrongType)),
        (enrollment(ID, "1000.5", STATUS, TIME), Some(Reason::WrongType)),
        (enrollment(ID, "9223372036854775807", STATUS, TIME), None),
        (enrollment(ID, "9223372036854775808", STATUS, TIME), Some(Reason::WrongType)),
        (enrollment(ID, "01", STATUS, TIME), Some(Reason::InvalidJson)),
        (enrollment(ID, PAID, "\"PENDING\"", TIME), Some(Reason::UnknownStatus)),
        (enrollment(ID, PAID, STATUS, "\"2026-02-30T00:00:00Z\""), Some(Reason::InvalidTime)),
        (enrollment(ID, PAID, STATUS, "1772323200"), Some(Reason::WrongType)),
    ] {
        assert_eq!(row, expected);
    }
}

#[test]
fn percent_and_marks_have_their_ranges() {
    let progress = |percent: i64| {
        let row = format!(r#"{{"lectureId":"l","studentId":"s","percent":{percent},"updatedAt":{TIME}}}"#);
        reason::<ProgressRow<'_>>(Format::Ndjson, &row)[0]
    };
    assert_eq!([progress(0), progress(100)], [None, None]);
    assert_eq!([progress(-1), progress(101)], [Some(Reason::OutOfRange); 2]);
    for (field, value) in [("rating", 0), ("rating", 6), ("usefulness", 0), ("difficulty", 6)] {
        let mut row = serde_json::json!({
            "reviewId": "r", "lectureId": "l", "studentId": "s", "rating": 1, "usefulness": 5, "difficulty": 3,
            "comment": "", "suggestion": "", "createdAt": "2026-03-01T00:00:00Z",
        });
        row[field] = value.into();
        assert_eq!(reason::<ReviewRow<'_>>(Format::Ndjson, &row.to_string()), [Some(Reason::OutOfRange)]);
    }
}

#[test]
fn a_text_may_have_20_000_characters_and_no_more() {
    let question = |length: usize| {
        let content = "가".repeat(length);
        let row = format!(
            r#"{{"questionId":"q","lectureId":"l","studentId":"s","title":"t","content":"{content}","createdAt":{TIME}}}"#
        );
        reason::<QuestionRow<'_>>(Format::Ndjson, &row)[0]
    };
    assert_eq!(question(20_000), None);
    assert_eq!(question(20_001), Some(Reason::TextTooLong));
}

#[test]
fn lines_are_numbered_and_blank_ones_passed_over() {
    let good = r#"{"lectureId":"l","studentId":"s","percent":1,"updatedAt":"2026-03-01T00:00:00Z"}"#;
    let bytes = format!("\u{feff}{good}\r\n \n[]\n{{\"lectureId\":\"l\"}}\nnot json\n{good}").into_bytes();
    let mut rows = Page { format: Format::Ndjson, first_line: 101, bytes: &bytes }.rows::<ProgressRow<'_>>();
    let found: Vec<_> =
        rows.by_ref().map(|line| (line.number, line.row.err().map(|fault| fault.reason))).collect();
    let expected = [
        (101, None),
        (103, Some(Reason::InvalidJson)),
        (104, Some(Reason::MissingField)),
        (105, Some(Reason::InvalidJson)),
        (106, None),
    ];
    assert_eq!(found, expected);
    assert_eq!(rows.next_line(), 107);
}

#[test]
fn a_line_that_is_not_utf_8_is_broken_and_its_neighbours_are_not() {
    let good =
        r#"{"lectureId":"l","studentId":"s","percent":1,"updatedAt":"2026-03-01T00:00:00Z"}"#.as_bytes();
    let bytes = [good, b"\n{\"lectureId\":\"\xff\"}\n", good].concat();
    let rows = Page { format: Format::Ndjson, first_line: 1, bytes: &bytes }.rows::<ProgressRow<'_>>();
    let found: Vec<_> = rows.map(|line| line.row.err().map(|fault| fault.reason)).collect();
    assert_eq!(found, [None, Some(Reason::InvalidUtf8), None]);
}

#[test]
fn csv_columns_may_come_in_any_order_and_number() {
    let page = "percent,new,studentId,updatedAt,lectureId\n7,,s,2026-03-01T00:00:00Z,\"l,\n\"\"1\"\"\"\n\
                ,,s,2026-03-01T00:00:00Z,l\nmuch,,s,2026-03-01T00:00:00Z,l\n101,,s,2026-03-01T00:00:00Z,l\n\
                1,,,2026-03-01T00:00:00Z,l\n";
    let expected = [
        None,
        Some(Reason::MissingField),
        Some(Reason::WrongType),
        Some(Reason::OutOfRange),
        Some(Reason::EmptyId),
    ];
    assert_eq!(reason::<ProgressRow<'_>>(Format::Csv, page), expected);
    let page = Page { format: Format::Csv, first_line: 2, bytes: page.as_bytes() };
    let first = page.rows::<ProgressRow<'_>>().next().unwrap().row.unwrap();
    assert_eq!((&*first.lecture_id, first.percent), ("l,\n\"1\"", 7));
}

#[test]
fn a_csv_page_without_a_column_misses_it_in_every_row() {
    let page = "lectureId,studentId,updatedAt\nl,s,2026-03-01T00:00:00Z\n";
    assert_eq!(reason::<ProgressRow<'_>>(Format::Csv, page), [Some(Reason::MissingField)]);
}

//! The whole computation against a naive one, over data and cuts that are drawn at random.

mod export;
mod pipeline;
mod reference;

use jiff::civil::date;
use proptest::prelude::*;

use self::{
    export::{Export, exports},
    pipeline::{Cut, run},
    reference::reference,
};
use super::{LecturerOutcome, ReduceError};
use crate::export::Format;

fn bytes(outcomes: &[LecturerOutcome]) -> String {
    serde_json::to_string(outcomes).unwrap()
}

fn cuts() -> impl Strategy<Value = Cut> {
    let format = prop::sample::select(vec![Format::Ndjson, Format::Csv]);
    (format, 5..60_usize, prop::sample::select(vec![1_u64, 100, 700, 100_000]), any::<u64>())
        .prop_map(|(format, rows_per_page, bound, order)| Cut { format, rows_per_page, bound, order })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_result_is_that_of_the_reference_however_the_data_is_cut(export in exports(), cut in cuts()) {
        let day = date(2026, 3, 1);
        let outcomes = run(&export, day, cut).unwrap();
        prop_assert_eq!(bytes(&outcomes), bytes(&reference(&export, day)));
    }
}

#[test]
fn money_beyond_64_bits_stops_the_run() {
    let mut export = Export::default();
    export.lecture("lec1", "usr1", "title");
    export.enrollment("e1", "lec1", "s1", i64::MAX, "ENROLLED", "2026-03-01T00:00:00Z");
    let cut = Cut { format: Format::Ndjson, rows_per_page: 10, bound: 1_000, order: 0 };
    assert!(run(&export, date(2026, 3, 1), cut).is_ok());
    export.enrollment("e2", "lec1", "s2", 1, "ENROLLED", "2026-03-01T00:00:00Z");
    let overflow = ReduceError::RevenueOverflow { lecture_id: "lec1".to_owned(), day: date(2026, 3, 1) };
    assert_eq!(run(&export, date(2026, 3, 1), cut), Err(overflow));
}

#[test]
fn a_lecturer_without_sales_appears_and_the_own_enrolment_counts_for_nothing() {
    let mut export = Export::default();
    export.lecture("lec1", "usr1", "all");
    export.lecture("lec2", "usr2", "all");
    export.enrollment("e1", "lec1", "usr1", 10, "ENROLLED", "2026-03-01T00:00:00Z");
    export.enrollment("e2", "lec2", "usr1", 20, "ENROLLED", "2026-02-28T15:00:00Z");
    let cut = Cut { format: Format::Ndjson, rows_per_page: 10, bound: 1_000, order: 0 };
    let outcomes = run(&export, date(2026, 3, 1), cut).unwrap();
    let [one, two] = &outcomes[..] else { panic!("two lecturers: {outcomes:?}") };
    assert_eq!((one.numbers.lectures[0].learners, one.numbers.lectures[0].revenue.len()), (0, 0));
    assert_eq!((two.numbers.lectures[0].learners, two.numbers.lectures[0].revenue[0].amount), (1, 20));
    assert_eq!(two.numbers.lectures[0].revenue[0].day, date(2026, 3, 1));
    assert_eq!(two.numbers.lectures_per_student, [1, 0, 0, 0, 0]);
}

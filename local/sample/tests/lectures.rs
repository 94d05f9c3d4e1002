//! The sample as the consulting service reads it: the hard cases are in it, and nothing else is wrong.

use std::{collections::BTreeMap, fs, io, path::Path};

use consulting::{
    export::{
        Dataset, EnrollmentRow, ExportRow, Format as PageFormat, LectureRow, Page, ProgressRow, QuestionRow,
        Reason, ReviewRow, too_many_broken,
    },
    generation::{CatalogueBuilder, shuffle},
};
use jiff::civil::date;
use maru_sample::{Format, LectureOptions, write_lectures};

fn options(format: Format) -> LectureOptions {
    LectureOptions { format, ..LectureOptions::new(3_000, date(2026, 3, 1)) }
}

fn page(format: Format, bytes: &[u8]) -> Page<'_> {
    let format = match format {
        Format::Ndjson => PageFormat::Ndjson,
        Format::Csv => PageFormat::Csv,
    };
    Page { format, first_line: format.first_line(), bytes }
}

fn read(dir: &Path, dataset: Dataset, format: Format) -> io::Result<Vec<u8>> {
    fs::read(dir.join(format!("{dataset}.{}", format.extension())))
}

/// The rows of a dataset, the broken ones as their reason.
fn rows<'a, R: ExportRow<'a>>(bytes: &'a [u8]) -> Vec<Result<R, Reason>> {
    page(Format::Ndjson, bytes).rows::<R>().map(|line| line.row.map_err(|fault| fault.reason)).collect()
}

#[test]
fn the_same_options_give_the_same_files_and_another_seed_others() {
    let (one, again, other) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let options = options(Format::Ndjson);
    let written = write_lectures(&options, one.path()).unwrap();
    assert_eq!(write_lectures(&options, again.path()).unwrap(), written);
    write_lectures(&LectureOptions { seed: 2, ..options }, other.path()).unwrap();
    for dataset in Dataset::ALL {
        let file = |dir: &tempfile::TempDir| read(dir.path(), dataset, Format::Ndjson).unwrap();
        assert_eq!(file(&one), file(&again), "{dataset}");
        assert_ne!(file(&one), file(&other), "{dataset}");
    }
}

#[test]
fn a_run_bears_the_broken_rows_in_either_format() {
    for format in [Format::Ndjson, Format::Csv] {
        let dir = tempfile::tempdir().unwrap();
        write_lectures(&options(format), dir.path()).unwrap();
        let lectures = read(dir.path(), Dataset::Lectures, format).unwrap();
        let mut builder = CatalogueBuilder::default();
        builder.push(page(format, &lectures)).unwrap();
        let catalogue = builder.finish();
        for dataset in Dataset::ALL {
            let shuffled =
                shuffle(dataset, page(format, &read(dir.path(), dataset, format).unwrap()), &catalogue)
                    .unwrap();
            assert!(
                !too_many_broken(shuffled.rows, shuffled.broken_rows),
                "{dataset}: {:?}",
                shuffled.broken
            );
            let expected = matches!(dataset, Dataset::Enrollments | Dataset::Progress);
            assert_eq!(shuffled.broken_rows > 0, expected, "{dataset}: {:?}", shuffled.broken);
        }
    }
}

#[test]
fn two_percent_of_broken_rows_are_too_many() {
    let dir = tempfile::tempdir().unwrap();
    write_lectures(&LectureOptions { broken_percent: 2.0, ..options(Format::Ndjson) }, dir.path()).unwrap();
    let bytes = read(dir.path(), Dataset::Progress, Format::Ndjson).unwrap();
    let rows = rows::<ProgressRow<'_>>(&bytes);
    let broken = rows.iter().filter(|row| row.is_err()).count();
    assert!(too_many_broken(rows.len() as u64, broken as u64));
}

#[test]
fn the_hard_cases_are_in_it() {
    let dir = tempfile::tempdir().unwrap();
    write_lectures(&options(Format::Ndjson), dir.path()).unwrap();

    let bytes = read(dir.path(), Dataset::Lectures, Format::Ndjson).unwrap();
    let lectures: BTreeMap<_, _> = rows::<LectureRow<'_>>(&bytes)
        .into_iter()
        .flatten()
        .map(|row| (row.lecture_id.clone(), row))
        .collect();
    let titles = |title: &str| lectures.values().filter(|row| row.title == title).count();
    assert!(titles("all") > 0);
    assert!(titles(&lectures["lecture-1-1"].title) > 1);
    assert!(lectures.values().any(|row| row.title.contains(',') && row.title.contains('"')));

    let bytes = read(dir.path(), Dataset::Enrollments, Format::Ndjson).unwrap();
    let purchases: Vec<_> = rows::<EnrollmentRow<'_>>(&bytes).into_iter().flatten().collect();
    let mut last = BTreeMap::new();
    let (mut repeated, mut refunded_later) = (0, 0);
    for row in &purchases {
        if let Some(before) = last.insert(&row.enrollment_id, row) {
            repeated += usize::from(before == row);
            refunded_later += usize::from(!before.refunded && row.refunded);
        }
    }
    assert!(repeated > 0 && refunded_later > 0);
    let own = |row: &&EnrollmentRow<'_>| {
        lectures.get(&row.lecture_id).is_some_and(|lecture| lecture.lecturer_id == row.student_id)
    };
    assert!(purchases.iter().any(|row| own(&row) && row.paid_amount > 0 && !row.refunded));
    let at = |time: &str| purchases.iter().filter(|row| row.enrolled_at == time.parse().unwrap()).count();
    assert!(at("2026-02-28T14:59:59Z") > 0 && at("2026-02-28T15:00:00Z") > 0);
    let end = "2026-03-01T15:00:00Z".parse().unwrap();
    assert!(purchases.iter().any(|row| row.enrolled_at >= end));
    let first = purchases.iter().filter(|row| row.lecture_id.starts_with("lecture-1-")).count();
    assert!(first * 5 >= purchases.len());
}

#[test]
fn reviews_and_questions_are_many_different_ones_with_the_hard_texts_among_them() {
    let dir = tempfile::tempdir().unwrap();
    write_lectures(&LectureOptions { rows: 20_000, ..options(Format::Ndjson) }, dir.path()).unwrap();
    let bytes = read(dir.path(), Dataset::Reviews, Format::Ndjson).unwrap();
    let reviews: Vec<_> = rows::<ReviewRow<'_>>(&bytes).into_iter().flatten().collect();
    let comments: std::collections::BTreeSet<_> = reviews.iter().map(|row| &row.comment).collect();
    assert!(comments.len() * 2 > reviews.len());
    assert!(comments.iter().any(|text| text.chars().count() == 10_000));
    assert!(comments.iter().any(|text| text.contains("무시하고")));
    assert!(comments.iter().any(|text| text.contains("</review>")));
    assert!(comments.iter().any(|text| text.contains('\n')));
    assert!(comments.iter().any(|text| text.contains('👍')));
    let bytes = read(dir.path(), Dataset::Questions, Format::Ndjson).unwrap();
    let questions: Vec<_> = rows::<QuestionRow<'_>>(&bytes).into_iter().flatten().collect();
    let contents: std::collections::BTreeSet<_> = questions.iter().map(|row| &row.content).collect();
    assert!(contents.len() * 3 > questions.len());
    assert!(questions.iter().all(|row| !row.title.contains("{}") && !row.content.contains("{}")));
}

//! Runs the computation as the workers do, over pages, shards and slices as small as a test likes.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::export::{Export, Writing};
use crate::{
    export::{Dataset, Format, Page},
    generation::{
        Aggregator, Catalogue, CatalogueBuilder, LecturerOutcome, Offsets, PartitionBytes, ReduceError,
        ShuffledPage, plan_shards, shuffle,
    },
};

/// How the data is cut and in which order the pieces come.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    pub format: Format,
    pub rows_per_page: usize,
    /// The bound of a shard in bytes.
    pub bound: u64,
    /// A seed for the order in which a reducer gets its pages.
    pub order: u64,
}

struct Stored {
    dataset: Dataset,
    page: u32,
    shuffled: ShuffledPage,
}

/// The outcomes of all lecturers in the order of their ids.
pub fn run(export: &Export, day: Date, cut: Cut) -> Result<Vec<LecturerOutcome>, ReduceError> {
    let rows = |dataset| match dataset {
        Dataset::Lectures => lectures(export),
        Dataset::Enrollments => enrollments(export),
        Dataset::Progress => progress(export),
        Dataset::Questions => export.questions.iter().map(question).collect(),
        Dataset::Reviews => export.reviews.iter().map(review).collect(),
    };
    let catalogue = catalogue(&rows(Dataset::Lectures), cut);
    let mut stored = Vec::new();
    let mut partitions = PartitionBytes::default();
    for dataset in Dataset::ALL {
        let mut first_line = cut.format.first_line();
        for (page, bytes) in (0..).zip(pages(dataset, &rows(dataset), cut)) {
            let shuffled =
                shuffle(dataset, Page { format: cut.format, first_line, bytes: &bytes }, &catalogue).unwrap();
            first_line = shuffled.next_line;
            partitions.add(dataset, &Offsets::from_bytes(shuffled.offsets.as_bytes()).unwrap());
            stored.push(Stored { dataset, page, shuffled });
        }
    }
    stored.sort_by_key(|stored| (u64::from(stored.page) + 7).wrapping_mul(cut.order | 1).rotate_left(17));
    let mut outcomes = Vec::new();
    for shard in plan_shards(&partitions, cut.bound) {
        let mut aggregator = Aggregator::new(day, shard.slices);
        loop {
            for Stored { dataset, page, shuffled } in &stored {
                let section = &shuffled.body[shuffled.offsets.section(shard.partitions.clone())];
                aggregator.push(*dataset, *page, section)?;
            }
            if !aggregator.end_pass()? {
                break;
            }
        }
        outcomes.extend(aggregator.finish());
    }
    outcomes.sort_by(|one, other| one.numbers.lecturer_id.cmp(&other.numbers.lecturer_id));
    Ok(outcomes)
}

fn catalogue(rows: &[Value], cut: Cut) -> Catalogue {
    let mut builder = CatalogueBuilder::default();
    for bytes in pages(Dataset::Lectures, rows, cut) {
        builder.push(Page { format: cut.format, first_line: 1, bytes: &bytes }).unwrap();
    }
    Catalogue::from_bytes(builder.finish().as_bytes()).unwrap()
}

fn pages(dataset: Dataset, rows: &[Value], cut: Cut) -> Vec<Vec<u8>> {
    rows.chunks(cut.rows_per_page)
        .map(|rows| match cut.format {
            Format::Ndjson => rows.iter().flat_map(|row| format!("{row}\n").into_bytes()).collect(),
            Format::Csv => csv_page(dataset, rows),
        })
        .collect()
}

fn csv_page(dataset: Dataset, rows: &[Value]) -> Vec<u8> {
    let names = rows[0].as_object().unwrap().keys();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names.clone()).unwrap_or_else(|error| panic!("{dataset}: {error}"));
    for row in rows {
        let cells = names.clone().map(|name| row[name].as_str().map_or(row[name].to_string(), str::to_owned));
        writer.write_record(cells).unwrap();
    }
    writer.into_inner().unwrap()
}

fn lectures(export: &Export) -> Vec<Value> {
    let row = |lecture: &super::export::Lecture| {
        json!({
            "lectureId": lecture.lecture_id, "lecturerId": lecture.lecturer_id, "title": lecture.title,
            "category": "SQL", "level": "상", "price": 1, "status": "APPROVED", "createdAt": "2025-01-01T00:00:00Z",
        })
    };
    export.lectures.iter().map(row).collect()
}

fn enrollments(export: &Export) -> Vec<Value> {
    let row = |row: &super::export::Enrollment| {
        json!({
            "enrollmentId": row.enrollment_id, "lectureId": row.lecture_id, "studentId": row.student_id,
            "paidAmount": row.paid_amount, "status": row.status, "enrolledAt": row.enrolled_at,
        })
    };
    export.enrollments.iter().map(row).collect()
}

fn progress(export: &Export) -> Vec<Value> {
    let row = |row: &super::export::Progress| {
        json!({
            "lectureId": row.lecture_id, "studentId": row.student_id, "percent": row.percent,
            "updatedAt": row.updated_at,
        })
    };
    export.progress.iter().map(row).collect()
}

fn question(row: &Writing) -> Value {
    json!({
        "questionId": row.id, "lectureId": row.lecture_id, "studentId": row.student_id, "title": row.texts[0],
        "content": row.texts[1], "createdAt": row.created_at,
    })
}

fn review(row: &Writing) -> Value {
    json!({
        "reviewId": row.id, "lectureId": row.lecture_id, "studentId": row.student_id, "rating": row.marks[0],
        "usefulness": row.marks[1], "difficulty": row.marks[2], "comment": row.texts[0],
        "suggestion": row.texts[1], "createdAt": row.created_at,
    })
}

//! How long a resume takes to print: `cargo bench -p pdf`.
#![expect(clippy::unwrap_used, reason = "a benchmark panics where it cannot go on")]

use criterion::{Criterion, criterion_group, criterion_main};
use maru_document::{Document, Template};

fn render(criterion: &mut Criterion) {
    let resumes = [
        ("english, 1 page", include_str!("../tests/resumes/english.json")),
        ("korean, 2 pages", include_str!("../tests/resumes/korean.json")),
    ];
    for (name, json) in resumes {
        let document = Document::from_json(json).unwrap();
        criterion.bench_function(name, |bencher| bencher.iter(|| pdf::render(&document, Template::Star)));
    }
}

criterion_group!(benches, render);
criterion_main!(benches);

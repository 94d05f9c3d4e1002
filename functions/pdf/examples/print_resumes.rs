//! Prints resumes in every template, to be looked at:
//! `cargo run -p pdf --example print_resumes -- target/resumes functions/pdf/tests/resumes/*.json`
//!
//! Says for each file how many pages, bytes and boxes it has and how long it took.
#![expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use maru_document::{Document, Template};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().ok_or("say where to, and then which resumes")?;
    fs::create_dir_all(&folder)?;
    for resume in arguments {
        let document = Document::from_json(&fs::read_to_string(&resume)?)?;
        let name = Path::new(&resume).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for template in [Template::Basic, Template::Star, Template::Troubleshooting] {
            let file = Path::new(&folder).join(format!("{name}-{template:?}.pdf").to_lowercase());
            let start = Instant::now();
            let pdf::Rendered { bytes, pages, replaced } = pdf::render(&document, template)?;
            let took = start.elapsed();
            println!(
                "{}: {pages} pages, {} bytes, {replaced} boxes, {took:.0?}",
                file.display(),
                bytes.len()
            );
            fs::write(file, bytes)?;
        }
    }
    Ok(())
}

//! The lecture platform's export: a directory that the user names, or the built-in sample.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use maru_lambda::day_in_seoul;
use maru_sample::{LectureOptions, write_lectures};
use maru_stack::Sandbox;
use maru_stack::platform::lecturer_with_most_lectures;
use tempfile::TempDir;

use crate::options::Options;

/// The token between Maru and the sandbox of the lecture platform. Both sides are this process.
const PLATFORM_TOKEN: &str = "local-lecture-platform";

/// Where `template.yaml` says that the token is kept.
const TOKEN_PARAMETER: &str = "/maru/lecture-platform/token";

/// How many enrolments the built-in sample has.
const SAMPLE_ROWS: u64 = 3_000;

/// Where the export lies.
pub struct LectureData {
    directory: PathBuf,
    built_in: bool,
    // Deleted when the process ends.
    _temporary: Option<TempDir>,
}

/// Finds or makes the data that the options ask for.
pub fn prepare(options: &Options, state: Option<&Path>) -> io::Result<LectureData> {
    if let Some(directory) = &options.lecture_data {
        if !directory.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                format!("{} is no directory", directory.display()),
            ));
        }
        return Ok(LectureData { directory: directory.clone(), built_in: false, _temporary: None });
    }
    let temporary = if state.is_none() { Some(TempDir::new()?) } else { None };
    let directory = temporary.as_ref().map_or_else(
        || state.unwrap_or(Path::new(".")).join("sample"),
        |temporary| temporary.path().join("sample"),
    );
    std::fs::create_dir_all(&directory)?;
    if !options.no_sample && !directory.join("lectures.ndjson").exists() {
        let day = day_in_seoul(options.now.unwrap_or_else(Timestamp::now));
        let sample = LectureOptions::new(SAMPLE_ROWS, day);
        write_lectures(&sample, &directory)?;
    }
    Ok(LectureData { directory, built_in: true, _temporary: temporary })
}

impl LectureData {
    /// For the line that says that all is ready.
    pub fn describe(&self) -> String {
        if self.built_in { "built-in sample".to_owned() } else { self.directory.display().to_string() }
    }

    /// The lecturer with the most lectures, whom the demo token is for.
    pub fn demo_lecturer(&self) -> Option<String> {
        lecturer_with_most_lectures(&self.directory).ok().flatten()
    }

    /// What SSM would keep.
    pub fn secrets(&self) -> BTreeMap<String, String> {
        BTreeMap::from([(TOKEN_PARAMETER.to_owned(), PLATFORM_TOKEN.to_owned())])
    }

    /// The stand-in for the lecture platform that serves the export.
    pub fn sandbox(&self) -> Sandbox {
        Sandbox::lecture_platform("LecturePlatformUrl", self.directory.clone(), PLATFORM_TOKEN.to_owned())
    }
}

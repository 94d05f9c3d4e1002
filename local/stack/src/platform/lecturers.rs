//! The lecturer that a demonstration is best given as: the one with most lectures.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lecture {
    lecturer_id: String,
}

/// The `lecturerId` that occurs most often in `lectures.ndjson`, else `lectures.csv`, of a folder; of several
/// the first in order; none if no row names one. Broken rows are passed over. Blocks.
///
/// # Errors
/// [`io::Error`]: there is neither file, or it cannot be read.
pub fn lecturer_with_most_lectures(directory: &Path) -> io::Result<Option<String>> {
    let mut lectures: BTreeMap<String, u64> = BTreeMap::new();
    let mut count = |lecture: Lecture| *lectures.entry(lecture.lecturer_id).or_default() += 1;
    match File::open(directory.join("lectures.ndjson")) {
        Ok(file) => {
            for line in BufReader::new(file).split(b'\n') {
                if let Ok(lecture) = serde_json::from_slice(&line?) {
                    count(lecture);
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let file = File::open(directory.join("lectures.csv"))?;
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(BufReader::new(file));
            reader.deserialize().for_each(|lecture| lecture.map_or((), &mut count));
        }
        Err(error) => return Err(error),
    }
    let most = lectures.into_iter().rev().max_by_key(|(_, lectures)| *lectures);
    Ok(most.map(|(lecturer, _)| lecturer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn most(name: &str, content: &str) -> Option<String> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(name), content).unwrap();
        lecturer_with_most_lectures(directory.path()).unwrap()
    }

    #[test]
    fn the_one_with_most_lectures_is_found_past_broken_rows() {
        let rows = "{\"lecturerId\":\"a\"}\nbroken\n{\"lecturerId\":\"b\",\"title\":\"x\"}\n\n{\"lecturerId\":\"b\"}";
        assert_eq!(most("lectures.ndjson", rows).as_deref(), Some("b"));
        let rows = "lectureId,lecturerId\n1,a\n2,\"b\n\"\n3\n4,\"b\n\"\n";
        assert_eq!(most("lectures.csv", rows).as_deref(), Some("b\n"));
    }

    #[test]
    fn of_equals_it_is_the_first_and_of_none_nobody() {
        let rows = "{\"lecturerId\":\"b\"}\n{\"lecturerId\":\"a\"}\n";
        assert_eq!(most("lectures.ndjson", rows).as_deref(), Some("a"));
        assert_eq!(most("lectures.ndjson", ""), None);
    }

    #[test]
    fn a_folder_without_lectures_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        assert!(lecturer_with_most_lectures(directory.path()).is_err());
    }
}

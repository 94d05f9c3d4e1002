//! Rows that a run must put into quarantine, each broken in another way.

use super::sink::Cell;

/// A broken row.
pub(super) enum Row {
    /// Values of which one is wrong, or too few of them.
    Cells(Vec<Cell>),
    /// What is no row at all.
    Raw(Vec<u8>),
}

/// The broken row of this number: `cells` is a good row, of which it is made.
pub(super) fn of(number: u64, fields: &[&str], cells: &[Cell]) -> Row {
    let mut cells = cells.to_vec();
    let last = cells.len() - 1;
    match number % 9 {
        0 => return Row::Raw(br#"{"lectureId": "lecture-1-1", "studentId"#.to_vec()),
        1 => drop(cells.pop()),
        2 => cells[last] = "어제".into(),
        3 => cells[0] = "".into(),
        4 => cells[0] = "x".repeat(201).into(),
        5 => spoil_number(&mut cells, fields),
        6 => point_nowhere(&mut cells, fields),
        7 => cells[last] = "2026-02-30T00:00:00Z".into(),
        _ => return Row::Raw(b"{\"lectureId\":\"lecture-\xff\xfe\"}".to_vec()),
    }
    Row::Cells(cells)
}

/// A number out of its range, or, where the dataset has none, an empty id.
fn spoil_number(cells: &mut [Cell], fields: &[&str]) {
    let numbers = ["price", "paidAmount", "percent", "rating"];
    let place = fields.iter().position(|field| numbers.contains(field));
    match place.and_then(|place| cells.get_mut(place)) {
        Some(number) => *number = (-1).into(),
        None => cells[0] = "".into(),
    }
}

/// A lecture that does not exist; in the lectures dataset itself, an empty lecturer.
fn point_nowhere(cells: &mut [Cell], fields: &[&str]) {
    match fields {
        ["lectureId", "lecturerId", ..] => cells[1] = "".into(),
        ["lectureId", ..] => cells[0] = "lecture-0-0".into(),
        _ => cells[1] = "lecture-0-0".into(),
    }
}

//! Reviews and questions: how many there are, and the newest with their texts.

use std::{cmp::Reverse, str};

use super::{
    ReduceError,
    key::Key,
    lectures::Lectures,
    outcome::NEWEST_WRITINGS,
    record::{self, Moment, Sequenced, WritingHead},
};
use crate::export::{Dataset, DayNumber};

/// One of the newest reviews or questions of a lecturer.
#[derive(Debug)]
pub(super) struct Writing {
    pub(super) head: WritingHead,
    /// The lecture index.
    pub(super) lecture: usize,
    /// The id and the two texts.
    pub(super) texts: [String; 3],
}

/// What one lecturer has of reviews or of questions.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) count: u64,
    /// By rating, 1–5; all 0 for questions.
    pub(super) ratings: [u64; 5],
    /// The newest first, at most [`NEWEST_WRITINGS`].
    pub(super) newest: Vec<Writing>,
}

/// All reviews, or all questions, of a shard.
#[derive(Debug)]
pub(super) struct Writings {
    dataset: Dataset,
    /// By lecturer index.
    pub(super) tallies: Vec<Tally>,
    /// The rows of the current pass, and their texts one after another.
    rows: Vec<Row>,
    texts: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    head: Sequenced<WritingHead>,
    /// Where its texts begin.
    texts: usize,
}

impl Writings {
    pub(super) const fn new(dataset: Dataset) -> Self {
        Self { dataset, tallies: Vec::new(), rows: Vec::new(), texts: Vec::new() }
    }

    /// Adds the rows of a section whose students `wanted` has.
    pub(super) fn push(
        &mut self,
        page: u32,
        mut section: &[u8],
        wanted: impl Fn(Key) -> bool,
    ) -> Result<(), ReduceError> {
        let mut row = 0;
        while !section.is_empty() {
            let (head, texts, rest) = record::first::<WritingHead>(section).ok_or_else(|| self.damaged())?;
            if wanted(head.student) {
                let place = (page, row);
                self.rows.push(Row { head: Sequenced { record: head, place }, texts: self.texts.len() });
                self.texts.extend_from_slice(texts);
            }
            section = rest;
            row += 1;
        }
        Ok(())
    }

    const fn damaged(&self) -> ReduceError {
        ReduceError::DamagedSection(self.dataset)
    }

    /// Counts the rows of the pass, keeps the newest, and forgets the others.
    ///
    /// # Errors
    /// `MissingLecture`, `DamagedSection`.
    pub(super) fn fold(&mut self, lectures: &Lectures, day: DayNumber) -> Result<(), ReduceError> {
        self.tallies.resize_with(lectures.lecturers().len(), Tally::default);
        self.keep_last_rows();
        let mut candidates = Vec::new();
        for row in &self.rows {
            let WritingHead { lecture, created_at, rating, .. } = row.head.record;
            if created_at.day() > day {
                continue;
            }
            let lecture = lectures.index(lecture.get())?;
            let lecturer = lectures.all()[lecture].lecturer;
            self.tallies[lecturer].add(rating);
            candidates.push((lecturer, lecture, *row));
        }
        candidates
            .sort_unstable_by_key(|(lecturer, _, row)| (*lecturer, Reverse(row.head.record.created_at)));
        for candidates in candidates.chunk_by(|one, next| one.0 == next.0) {
            self.keep_newest(candidates, lectures)?;
        }
        self.rows.clear();
        self.texts.clear();
        Ok(())
    }

    /// Of a review or question that came more than once (pages may overlap), only the last row stays.
    fn keep_last_rows(&mut self) {
        let identity = |row: &Row| {
            let WritingHead { student, lecture, writing, .. } = row.head.record;
            (student, lecture.get(), writing)
        };
        self.rows.sort_unstable_by_key(|row| (identity(row), row.head.place));
        self.rows.dedup_by(|next, kept| {
            let same = identity(next) == identity(kept);
            if same {
                *kept = *next;
            }
            same
        });
    }

    /// Merges one lecturer's candidates, the newest first, into the tally.
    fn keep_newest(
        &mut self,
        candidates: &[(usize, usize, Row)],
        lectures: &Lectures,
    ) -> Result<(), ReduceError> {
        let Some(&(lecturer, _, _)) = candidates.first() else { return Ok(()) };
        // Whoever is as old as the last that has room may still come before it by id.
        let oldest = candidates.get(NEWEST_WRITINGS - 1).map(|(_, _, row)| row.head.record.created_at);
        let recent = candidates.iter().take_while(|(_, _, row)| Some(row.head.record.created_at) >= oldest);
        let mut newest = std::mem::take(&mut self.tallies[lecturer].newest);
        for (_, lecture, row) in recent {
            newest.push(Writing { head: row.head.record, lecture: *lecture, texts: self.texts_of(row)? });
        }
        newest.sort_unstable_by(|one, other| one.order(lectures).cmp(&other.order(lectures)));
        newest.truncate(NEWEST_WRITINGS);
        self.tallies[lecturer].newest = newest;
        Ok(())
    }

    fn texts_of(&self, row: &Row) -> Result<[String; 3], ReduceError> {
        let lengths = row.head.record.lengths;
        let length: usize = lengths.iter().map(|length| length.get() as usize).sum();
        let bytes = self.texts.get(row.texts..row.texts + length).ok_or_else(|| self.damaged())?;
        record::texts(bytes, lengths).map(|texts| texts.map(str::to_owned)).ok_or_else(|| self.damaged())
    }
}

impl Writing {
    /// The newest first, of equal times the lower id. What follows only decides between rows that share
    /// even their id, so that the choice never depends on the order of the pages.
    fn order<'a>(&'a self, lectures: &'a Lectures) -> (Reverse<Moment>, &'a str, &'a str, Key) {
        let lecture = &lectures.all()[self.lecture].lecture_id;
        (Reverse(self.head.created_at), &self.texts[0], lecture, self.head.student)
    }
}

impl Tally {
    fn add(&mut self, rating: u8) {
        self.count += 1;
        if let Some(count) = self.ratings.get_mut(usize::from(rating).wrapping_sub(1)) {
            *count += 1;
        }
    }
}

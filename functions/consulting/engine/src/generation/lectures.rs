//! The lectures and lecturers of a shard, and the short indices by which the reduction knows them.

use std::collections::HashMap;

use super::{
    ReduceError,
    record::{self, LectureHead},
};
use crate::export::Dataset;

/// A lecture of the shard, as its last row has it.
#[derive(Debug)]
pub(super) struct Lecture {
    pub(super) lecture_id: String,
    pub(super) title: String,
    /// The index of the lecturer in [`Lectures::lecturers`].
    pub(super) lecturer: usize,
    place: (u32, u32),
}

/// All lectures of the shard. Indices depend on the order in which pages are pushed; nothing that is given
/// out does.
#[derive(Debug, Default)]
pub(super) struct Lectures {
    list: Vec<Lecture>,
    by_ordinal: HashMap<u32, usize>,
    lecturers: Vec<String>,
    by_lecturer_id: HashMap<String, usize>,
}

impl Lectures {
    /// Adds a section of the lectures dataset. The same section may come again in a later pass.
    pub(super) fn push(&mut self, page: u32, mut section: &[u8]) -> Result<(), ReduceError> {
        let damaged = || ReduceError::DamagedSection(Dataset::Lectures);
        let mut row = 0;
        while !section.is_empty() {
            let (head, texts, rest) = record::first::<LectureHead>(section).ok_or_else(damaged)?;
            let texts = record::texts(texts, head.lengths).ok_or_else(damaged)?;
            self.add(head.lecture.get(), (page, row), texts);
            section = rest;
            row += 1;
        }
        Ok(())
    }

    fn add(&mut self, ordinal: u32, place: (u32, u32), [lecture_id, lecturer_id, title]: [&str; 3]) {
        if let Some(known) = self.by_ordinal.get(&ordinal).and_then(|index| self.list.get_mut(*index)) {
            // The rows of one ordinal differ in nothing else that is kept: the shuffle saw to the lecturer.
            if known.place < place {
                known.place = place;
                title.clone_into(&mut known.title);
            }
            return;
        }
        let lecturer = self.lecturer_index(lecturer_id);
        self.by_ordinal.insert(ordinal, self.list.len());
        self.list.push(Lecture {
            lecture_id: lecture_id.to_owned(),
            title: title.to_owned(),
            lecturer,
            place,
        });
    }

    fn lecturer_index(&mut self, lecturer_id: &str) -> usize {
        if let Some(index) = self.by_lecturer_id.get(lecturer_id) {
            return *index;
        }
        let index = self.lecturers.len();
        self.by_lecturer_id.insert(lecturer_id.to_owned(), index);
        self.lecturers.push(lecturer_id.to_owned());
        index
    }

    /// The index of the lecture that has this ordinal in the catalogue.
    pub(super) fn index(&self, ordinal: u32) -> Result<usize, ReduceError> {
        self.by_ordinal.get(&ordinal).copied().ok_or(ReduceError::MissingLecture(ordinal))
    }

    pub(super) fn all(&self) -> &[Lecture] {
        &self.list
    }

    /// The lecturers' ids.
    pub(super) fn lecturers(&self) -> &[String] {
        &self.lecturers
    }
}

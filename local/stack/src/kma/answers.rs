//! What the sandbox answers, in the hands of whoever runs it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::warnings::Row;
use super::weather::Hour;

/// What the log is called in a state directory.
const FILE: &str = "kma-warnings.json";

/// What the sandbox answers. Clones are the same answers, so that a test can change them while the stack runs.
#[derive(Clone, Debug, Default)]
pub struct Answers(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    recorded: Option<PathBuf>,
    /// Where the log is kept.
    file: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    log: Vec<Row>,
    weather: Option<Hour>,
    is_down: bool,
    calls: BTreeMap<&'static str, u64>,
}

impl Answers {
    /// Invented weather, which follows from the cell and the hour, and no warnings until some are issued.
    #[must_use]
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The answers in the files of `directory`, byte by byte. An answer is looked for under the operation's name:
    ///
    /// - `getPwnCd.json`, `getPwnStatus.json` whatever was asked; `getPwnCd.page1.json`, `getPwnCd.page2.json` …
    ///   for one page of it
    /// - `getUltraSrtNcst.<base_date><base_time>.<nx>.<ny>.json`, and so `getUltraSrtFcst`, `getVilageFcst`:
    ///   `getVilageFcst.202611210500.60.127.json`, for one page `getVilageFcst.202611210500.60.127.page2.json`
    /// - the same with `.xml`, for who asks for XML or where there is no JSON
    ///
    /// What is not there is answered with `NO_DATA`.
    ///
    /// # Errors
    /// It is no directory.
    pub fn recorded(directory: &Path) -> io::Result<Self> {
        if !directory.is_dir() {
            let message = format!("{} is no directory", directory.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        let recorded = Some(directory.to_owned());
        Ok(Self(Arc::new(Shared { recorded, ..Shared::default() })))
    }

    /// The built-in answers; what is issued by hand is kept in a file of this directory.
    ///
    /// # Errors
    /// The file cannot be read, or holds something else.
    pub fn kept_in(directory: &Path) -> io::Result<Self> {
        let file = directory.join(FILE);
        let log = match std::fs::read(&file) {
            Ok(text) => serde_json::from_slice(&text)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let state = Mutex::new(State { log, ..State::default() });
        Ok(Self(Arc::new(Shared { file: Some(file), state, ..Shared::default() })))
    }

    /// The log of warnings is these rows, in any order.
    pub fn warnings(&self, rows: impl IntoIterator<Item = Row>) {
        self.state().log = rows.into_iter().collect();
    }

    /// Adds a row to the log of warnings.
    pub fn append(&self, row: Row) {
        self.state().log.push(row);
    }

    /// From now on the weather is this everywhere, observed and forecast, at any hour.
    pub fn weather(&self, hour: Hour) {
        self.state().weather = Some(hour);
    }

    /// From now on every call is answered with 503, until [`Self::up`].
    pub fn down(&self) {
        self.state().is_down = true;
    }

    /// The service answers again.
    pub fn up(&self) {
        self.state().is_down = false;
    }

    /// How often an operation (`getPwnCd`) was called since the start, however it went.
    #[must_use]
    pub fn calls(&self, operation: &str) -> u64 {
        self.state().calls.get(operation).copied().unwrap_or_default()
    }

    pub(super) fn count(&self, operation: &'static str) {
        *self.state().calls.entry(operation).or_default() += 1;
    }

    pub(super) fn is_down(&self) -> bool {
        self.state().is_down
    }

    pub(super) fn directory(&self) -> Option<&Path> {
        self.0.recorded.as_deref()
    }

    pub(super) fn log(&self) -> Vec<Row> {
        self.state().log.clone()
    }

    /// Adds the row that `next` makes of the log, and keeps it; nobody else changes it meanwhile.
    ///
    /// # Errors
    /// What `next` says, or that the file cannot be written; the log is as it was.
    pub(super) fn add(&self, next: impl FnOnce(&[Row]) -> Result<Row, String>) -> Result<(), String> {
        let mut state = self.state();
        let mut log = state.log.clone();
        log.push(next(&log)?);
        if let Some(file) = &self.0.file {
            let text = serde_json::to_vec(&log).map_err(|error| error.to_string())?;
            std::fs::write(file, text).map_err(|error| error.to_string())?;
        }
        state.log = log;
        Ok(())
    }

    /// The weather of this cell at this hour of Korea.
    pub(super) fn hour(&self, nx: u16, ny: u16, at: jiff::civil::DateTime) -> Hour {
        let fixed = self.state().weather;
        fixed.unwrap_or_else(|| Hour::invented(nx, ny, at))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! A folder of git repositories, read when they are first needed and again when something was committed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::command::{self, GitError};
use super::person;
use super::read::{self, Read};
use crate::github::World;
use crate::github::built_in;
use crate::github::model::Account;

/// A folder of git repositories.
#[derive(Debug)]
pub(crate) struct GitFolder {
    /// The repositories by the name that they are served under.
    directories: BTreeMap<String, PathBuf>,
    authors: Vec<String>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    read: BTreeMap<String, Arc<Read>>,
    /// Decided once: it must not become somebody else while people are signed in.
    account: Option<Account>,
    world: Option<Arc<World>>,
}

impl GitFolder {
    /// Finds the repositories; none of them is read yet.
    pub(crate) fn open(directory: PathBuf, authors: Vec<String>) -> Result<Self, GitError> {
        command::check()?;
        let unreadable = |error| GitError::Directory(directory.clone(), error);
        let directory = directory.canonicalize().map_err(unreadable)?;
        let mut found: Vec<PathBuf> = std::fs::read_dir(&directory)
            .map_err(unreadable)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| is_repository(path))
            .collect();
        if is_repository(&directory) {
            found.push(directory.clone());
        }
        if found.is_empty() {
            return Err(GitError::NoRepository(directory));
        }
        found.sort();
        let mut directories = BTreeMap::new();
        for path in found {
            directories.insert(free_name(&directories, &path), path);
        }
        Ok(Self { directories, authors, state: Mutex::default() })
    }

    /// What there is. `fresh` looks whether something was committed since the last time. Blocks.
    pub(crate) fn world(&self, fresh: bool) -> Arc<World> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &state.world {
            Some(world) if !fresh => return Arc::clone(world),
            _ => {}
        }
        let changed = self.look(&mut state);
        match &state.world {
            Some(world) if !changed => Arc::clone(world),
            _ => {
                let world = Arc::new(self.make(&mut state));
                state.world = Some(Arc::clone(&world));
                world
            }
        }
    }

    /// Reads the repositories that changed; whether there were any.
    fn look(&self, state: &mut State) -> bool {
        let mut changed = false;
        for (name, directory) in &self.directories {
            let known = state.read.get(name);
            if known.is_some_and(|known| known.head == read::head(directory)) {
                continue;
            }
            match read::read(directory) {
                Ok(read) => {
                    state.read.insert(name.clone(), Arc::new(read));
                    changed = true;
                }
                Err(error) => tracing::warn!(%error, "a git repository is left out"),
            }
        }
        changed
    }

    fn make(&self, state: &mut State) -> World {
        let signatures =
            state.read.values().flat_map(|read| read.commits.iter().map(|commit| &commit.author));
        let account = state.account.take().or_else(|| person::account(signatures, &self.authors));
        let account = account.unwrap_or_else(|| {
            tracing::warn!(authors = ?self.authors, "nobody of these wrote a commit");
            Account::new(1, "developer", None, &[])
        });
        let mut world = built_in::colleague();
        let repositories = state.read.iter().map(|(name, read)| read.repository(name, &account));
        world.repositories.extend(repositories);
        world.accounts.retain(|colleague| colleague.login != account.login);
        world.accounts.insert(0, account.clone());
        state.account = Some(account);
        world
    }
}

/// Whether a folder is a git repository: a work tree, or a bare one.
fn is_repository(path: &Path) -> bool {
    path.join(".git").exists() || (path.join("HEAD").is_file() && path.join("objects").is_dir())
}

/// The folder's name in letters that a repository's may have, with a number if another has it already.
fn free_name(taken: &BTreeMap<String, PathBuf>, path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".git").filter(|name| !name.is_empty()).unwrap_or(&name);
    let letter = |letter: char| {
        if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_') { letter } else { '-' }
    };
    let name: String = name.chars().map(letter).collect();
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains_key(name));
    free.unwrap_or(name)
}

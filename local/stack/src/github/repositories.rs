//! Where the sandbox's repositories come from.

use std::path::PathBuf;
use std::sync::Arc;

use super::git::{GitError, GitFolder};
use super::{World, built_in};

/// Where the sandbox's repositories come from.
#[derive(Debug)]
pub struct Repositories(Source);

#[derive(Debug)]
enum Source {
    Given(Arc<World>),
    Git(GitFolder),
}

impl Repositories {
    /// The built-in set: two people, an organisation, and what they wrote.
    #[must_use]
    pub fn built_in() -> Self {
        Self::given(built_in::world())
    }

    /// These.
    #[must_use]
    pub fn given(world: World) -> Self {
        Self(Source::Given(Arc::new(world)))
    }

    /// Every git repository directly in `directory`, and itself if it is one, as the demo user's. Theirs are
    /// the commits with one of `authors` as e-mail address or name; without any, those of whoever wrote most.
    /// It takes the `git` program.
    ///
    /// # Errors
    /// [`GitError`] when there is no such directory, no repository in it, or no `git`.
    pub fn git(directory: PathBuf, authors: Vec<String>) -> Result<Self, GitError> {
        Ok(Self(Source::Git(GitFolder::open(directory, authors)?)))
    }

    /// What there is. `fresh` looks whether something was committed since the last time. Blocks.
    pub(super) fn world(&self, fresh: bool) -> Arc<World> {
        match &self.0 {
            Source::Given(world) => Arc::clone(world),
            Source::Git(folder) => folder.world(fresh),
        }
    }
}

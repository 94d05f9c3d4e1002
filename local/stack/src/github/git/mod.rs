//! Git repositories of this machine, read with the `git` program. It is needed for this and nothing else in
//! Maru; what it prints is streamed and bounded.

mod command;
mod folder;
mod log;
mod merges;
mod person;
mod read;

use std::collections::HashSet;
use std::path::Path;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

pub use command::GitError;
pub(super) use folder::GitFolder;

/// Most commits that are read of a repository, the newest first.
const MOST_COMMITS: usize = 50_000;

/// Most files that are read of a repository.
const MOST_FILES: usize = 100_000;

/// The bytes of an object. Blocks.
///
/// # Errors
/// [`GitError::Failed`] when there is no such object.
pub(super) fn blob(directory: &Path, object: &str) -> Result<Vec<u8>, GitError> {
    command::output(directory, &["cat-file", "blob", object])
}

/// The commits that touched `path`, a file or a folder. Blocks.
///
/// # Errors
/// [`GitError::Failed`].
pub(super) fn touching(directory: &Path, path: &str) -> Result<HashSet<String>, GitError> {
    let most = format!("--max-count={MOST_COMMITS}");
    let path = if path.is_empty() { "." } else { path };
    let output = command::output(
        directory,
        &["--literal-pathspecs", "log", &most, "--format=%H", "HEAD", "--", path],
    )?;
    Ok(String::from_utf8_lossy(&output).lines().map(str::to_owned).collect())
}

/// The id that git gives to an object of this kind (`blob`, `commit`) with these bytes.
pub(super) fn object_id(kind: &str, bytes: &[u8]) -> String {
    let mut object = format!("{kind} {}\0", bytes.len()).into_bytes();
    object.extend_from_slice(bytes);
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, &object);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number that stands for a text, always the same.
fn number_of(text: &str) -> u64 {
    let id = object_id("blob", text.as_bytes());
    u64::from_str_radix(id.get(..8).unwrap_or_default(), 16).unwrap_or_default()
}

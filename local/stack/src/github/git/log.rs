//! Commits, as `git log` prints them.

use std::path::Path;

use jiff::Timestamp;

use super::command::{self, GitError};
use crate::github::model::{Commit, Signature};

/// A field a line, then the message; names and addresses cannot hold line ends.
const FORMAT: &str = "--format=format:%H%n%P%n%an%n%ae%n%at%n%cn%n%ce%n%ct%n%B";

/// Most bytes that are kept of a message.
const LONGEST_MESSAGE: usize = 64 * 1024;

/// The commits of `HEAD`, the newest first, `most` of them. Blocks.
pub(super) fn commits(directory: &Path, most: usize) -> Result<Vec<Commit>, GitError> {
    let most = format!("--max-count={most}");
    let mut commits = Vec::new();
    command::records(directory, &["log", "-z", &most, FORMAT, "HEAD"], |record| {
        commits.extend(commit(&String::from_utf8_lossy(record)));
    })?;
    Ok(commits)
}

fn commit(record: &str) -> Option<Commit> {
    let mut fields = record.splitn(9, '\n');
    let mut next = || fields.next();
    let sha = next()?.to_owned();
    let parents = next()?.split(' ').filter(|parent| !parent.is_empty()).map(str::to_owned).collect();
    let author = signature(next()?, next()?, next()?);
    let committer = signature(next()?, next()?, next()?);
    let mut message = next()?.trim_end().to_owned();
    message.truncate(message.floor_char_boundary(LONGEST_MESSAGE));
    Some(Commit { sha, parents, author, committer, message })
}

fn signature(name: &str, email: &str, seconds: &str) -> Signature {
    let at = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    // A clock that was far off, or a hand-made commit.
    let at = at.unwrap_or(Timestamp::UNIX_EPOCH);
    Signature { name: name.to_owned(), email: email.to_owned(), at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_with_its_whole_message() {
        let record =
            "aa\nbb cc\n김민서\nm@x\n1700000000\nGitHub\nnoreply@github.com\n1700000060\nTitle\n\nBody\n";
        let commit = commit(record).unwrap();
        assert_eq!(commit.parents, ["bb", "cc"]);
        assert_eq!((commit.author.name.as_str(), commit.message.as_str()), ("김민서", "Title\n\nBody"));
        assert_eq!(commit.committer.at.as_second(), 1_700_000_060);
    }

    #[test]
    fn a_first_commit_has_no_parents_and_an_odd_time_is_the_beginning() {
        let commit = commit("aa\n\nA\na@x\n99999999999999999999\nA\na@x\n\n").unwrap();
        assert!(commit.parents.is_empty() && commit.message.is_empty());
        assert_eq!(commit.author.at, Timestamp::UNIX_EPOCH);
    }
}

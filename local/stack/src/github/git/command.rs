//! Running `git`.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Git repositories that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The program is not there.
    #[error("the git program cannot be run; it is needed to read repositories")]
    NoGit(#[source] io::Error),
    /// The directory is not there, or may not be read.
    #[error("{} cannot be read", .0.display())]
    Directory(PathBuf, #[source] io::Error),
    /// Neither the directory nor anything directly in it is a git repository.
    #[error("there is no git repository in {}", .0.display())]
    NoRepository(PathBuf),
    /// Git refused.
    #[error("git {command} failed in {}: {message}", .directory.display())]
    Failed {
        /// Where it ran.
        directory: PathBuf,
        /// The subcommand.
        command: String,
        /// What it said.
        message: String,
    },
}

/// Whether the program is there.
pub(super) fn check() -> Result<(), GitError> {
    let ran = Command::new("git").arg("--version").stdout(Stdio::null()).status();
    ran.map(|_| ()).map_err(GitError::NoGit)
}

/// What `git` prints in this repository.
pub(super) fn output(directory: &Path, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    let output = git(directory, arguments).stderr(Stdio::piped()).output().map_err(GitError::NoGit)?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(failed(directory, arguments, &String::from_utf8_lossy(&output.stderr)))
    }
}

/// What `git` prints in this repository, one record after the other as they come; each ends with a NUL.
pub(super) fn records(
    directory: &Path,
    arguments: &[&str],
    mut each: impl FnMut(&[u8]),
) -> Result<(), GitError> {
    let mut child = git(directory, arguments).spawn().map_err(GitError::NoGit)?;
    let broken = |error: io::Error| failed(directory, arguments, &error.to_string());
    if let Some(output) = child.stdout.take() {
        for record in BufReader::new(output).split(0) {
            each(&record.map_err(broken)?);
        }
    }
    let status = child.wait().map_err(broken)?;
    if status.success() { Ok(()) } else { Err(failed(directory, arguments, &status.to_string())) }
}

/// `git` in this repository: whatever the user configured about its output, without asking anything of
/// anybody, and without the network that a partial clone would use.
fn git(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(directory)
        .args(["--no-pager", "-c", "log.showSignature=false", "-c", "i18n.logOutputEncoding=UTF-8"])
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        // Set when this runs out of a hook; they would name another repository.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

fn failed(directory: &Path, arguments: &[&str], message: &str) -> GitError {
    GitError::Failed {
        directory: directory.to_owned(),
        command: arguments.first().copied().unwrap_or_default().to_owned(),
        message: message.trim().to_owned(),
    }
}

//! Which of very many commits tell most about a person's work.

use super::Commit;
use super::message::{Said, read};

/// The kinds of changes that tell of the product itself.
const TELLING: [&str; 8] = ["feat", "feature", "add", "fix", "bugfix", "hotfix", "perf", "refactor"];

/// The kinds of changes around the product.
const AROUND: [&str; 9] = ["docs", "doc", "chore", "style", "build", "rename", "design", "test", "tests"];

/// Words of subjects that tell nothing.
const SILENT: [&str; 12] = [
    "wip",
    "tmp",
    "temp",
    "typo",
    "initial commit",
    "first commit",
    "update readme",
    "readme 수정",
    "오타",
    "merge",
    "임시",
    "test commit",
];

/// At most `most` of `commits`, those that tell most, in the order in which they came, each with what it
/// says. Merges and reverts are left out; of equal subjects the first stays.
#[must_use]
pub fn telling(commits: &[Commit], most: usize) -> Vec<(&Commit, Said)> {
    let mut seen = std::collections::HashSet::new();
    let mut said: Vec<(usize, &Commit, Said, i32)> = Vec::new();
    for (place, commit) in commits.iter().enumerate().filter(|(_, commit)| !commit.merge) {
        let words = read(&commit.message);
        let worth = worth(&words);
        if worth > 0 && seen.insert(words.subject.to_lowercase()) {
            said.push((place, commit, words, worth));
        }
    }
    // Of equal worth the newest stays.
    said.sort_by_key(|(place, _, _, worth)| (-worth, *place));
    said.truncate(most);
    said.sort_by_key(|(place, ..)| *place);
    said.into_iter().map(|(_, commit, words, _)| (commit, words)).collect()
}

/// How much a message tells; nothing at all at 0.
fn worth(said: &Said) -> i32 {
    let lower = said.subject.to_lowercase();
    let letters = said.subject.chars().filter(|c| c.is_alphanumeric()).count();
    let reverts = said.kind.as_deref() == Some("revert") || lower.starts_with("revert ");
    let silent = SILENT.iter().any(|words| lower == *words || lower.starts_with(&format!("{words} ")));
    // Five letters, or three syllables, say hardly anything.
    if reverts || silent || letters < 4 {
        return 0;
    }
    let kind = match said.kind.as_deref() {
        Some(kind) if TELLING.contains(&kind) => 40,
        Some(kind) if AROUND.contains(&kind) => 5,
        _ => 20,
    };
    let length = i32::try_from(letters.min(60)).unwrap_or(0) / 3;
    let explained = i32::try_from(said.body.chars().count().min(200)).unwrap_or(0) / 10;
    kind + length + explained
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(number: usize, message: &str) -> Commit {
        Commit {
            sha: format!("{number:040x}"),
            url: String::new(),
            message: message.to_owned(),
            written_at: jiff::Timestamp::UNIX_EPOCH,
            merge: message.starts_with("Merge "),
        }
    }

    fn told(messages: &[&str], most: usize) -> Vec<String> {
        let commits: Vec<Commit> =
            messages.iter().enumerate().map(|(number, message)| commit(number, message)).collect();
        telling(&commits, most).into_iter().map(|(_, said)| said.subject).collect()
    }

    #[test]
    fn what_tells_nothing_is_left_out() {
        let silent =
            ["wip", "Merge branch 'main'", "typo", "Revert \"feat: x\"", ".", "update readme again", "임시"];
        assert!(told(&silent, 10).is_empty());
        assert_eq!(told(&["Initial commit of the parser"], 10), Vec::<String>::new());
        assert_eq!(told(&["mergesort for lists"], 10), ["mergesort for lists"]);
    }

    #[test]
    fn features_come_before_chores_and_the_order_is_kept() {
        let messages =
            ["chore: bump versions", "feat: add retries to payments", "docs: readme", "fix: lost messages"];
        assert_eq!(told(&messages, 2), ["add retries to payments", "lost messages"]);
        assert_eq!(told(&messages, 10).len(), 4);
    }

    #[test]
    fn the_same_said_twice_is_said_once() {
        assert_eq!(told(&["feat: add cache", "feat: Add cache", "fix: add cache"], 10), ["add cache"]);
    }

    #[test]
    fn of_very_many_only_so_many_are_told() {
        let messages: Vec<String> =
            (0..10_000).map(|number| format!("feat: change number {number}")).collect();
        let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
        assert_eq!(told(&messages, 40).len(), 40);
    }
}

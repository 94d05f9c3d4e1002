//! Histories drawn by hand.

use jiff::Timestamp;

use super::{Merge, MergeMessage, merges};
use crate::github::model::{Commit, Signature};

/// A history, written from the oldest commit on: name, parents, author, message.
fn history(commits: &[(&str, &str, &str, &str)]) -> Vec<Merge> {
    let commit = |(second, (sha, parents, author, message)): (i64, &(&str, &str, &str, &str))| {
        let at = Timestamp::from_second(second).unwrap();
        let signature = Signature { name: (*author).to_owned(), email: format!("{author}@x"), at };
        let parents = parents.split_whitespace().map(str::to_owned).collect();
        let (sha, message) = ((*sha).to_owned(), (*message).to_owned());
        Commit { sha, parents, author: signature.clone(), committer: signature, message }
    };
    let mut commits: Vec<Commit> = (0..).zip(commits).map(commit).collect();
    commits.reverse();
    merges(&commits, "main")
}

#[test]
fn a_merged_branch_is_a_pull_request_of_whoever_wrote_most_of_it() {
    let found = history(&[
        ("a", "", "kim", "Begin"),
        ("b", "a", "han", "One"),
        ("c", "b", "kim", "Two"),
        ("d", "c", "han", "Three"),
        ("e", "a", "kim", "Meanwhile"),
        (
            "f",
            "e d",
            "kim",
            "Merge pull request #12 from han/feature/cache\n\nCache the list\n\nIt was slow.",
        ),
    ]);
    let [merge] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((merge.number, merge.title.as_str()), (12, "Cache the list"));
    assert_eq!((merge.author.name.as_str(), merge.body.as_deref()), ("han", Some("It was slow.")));
    assert_eq!(merge.head, ("feature/cache".to_owned(), "d".to_owned()));
    assert_eq!((merge.base.as_str(), merge.created_at.as_second(), merge.merged_at.as_second()), ("e", 1, 5));
}

#[test]
fn what_a_branch_brought_is_not_counted_for_a_later_one() {
    let found = history(&[
        ("a", "", "kim", "Begin"),
        ("b", "a", "han", "One"),
        ("c", "a b", "kim", "Merge branch 'one'"),
        ("d", "b", "lee", "Two"),
        ("e", "c d", "kim", "Merge branch 'two-more' into main"),
    ]);
    let told: Vec<_> = found.iter().map(|m| (m.number, m.title.as_str(), m.author.name.as_str())).collect();
    assert_eq!(told, [(2, "Two", "lee"), (1, "One", "han")]);
}

#[test]
fn a_squashed_pull_request_is_its_commit() {
    let found = history(&[("a", "", "kim", "Begin"), ("b", "a", "han", "Add x (#7)\n\n* one\n* two")]);
    let [merge] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((merge.number, merge.title.as_str(), merge.author.name.as_str()), (7, "Add x", "han"));
    assert_eq!(merge.body.as_deref(), Some("* one\n* two"));
}

#[test]
fn bringing_ones_own_branch_up_to_date_is_no_pull_request() {
    let found = history(&[
        ("a", "", "kim", "Begin"),
        ("b", "a", "kim", "Mine"),
        ("c", "a", "han", "Theirs"),
        ("d", "b c", "kim", "Merge branch 'main' of example.com:x/y"),
        ("e", "c", "han", "Theirs again"),
        ("f", "d e", "kim", "Merge remote-tracking branch 'origin/main'"),
    ]);
    assert_eq!(found, []);
}

#[test]
fn a_number_is_given_once_and_a_history_may_begin_in_the_middle() {
    let found = history(&[
        ("b", "lost", "han", "One (#3)"),
        ("c", "b gone", "kim", "Merge branch 'lost'"),
        ("d", "c", "han", "Again (#3)"),
    ]);
    let told: Vec<_> = found.iter().map(|merge| (merge.number, merge.title.as_str())).collect();
    assert_eq!(told, [(4, "Again"), (3, "One")]);
    assert_eq!(history(&[]), []);
}

#[test]
fn messages_are_read_in_the_forms_of_git_github_and_gitlab() {
    let message = MergeMessage::read("Merge branch 'x' into 'main'\n\nTitle\n\nSee merge request a/b!31");
    assert_eq!((message.number, message.branch, message.title), (Some(31), Some("x"), Some("Title")));
    let message = MergeMessage::read("Merge commit 'abc'");
    assert_eq!((message.number, message.branch, message.title), (None, Some("abc"), None));
    let message = MergeMessage::read("Bring in the parser");
    assert_eq!((message.branch, message.title), (None, Some("Bring in the parser")));
}

//! Where posts and what belongs to them are.

use community_rules::cells::Cell;
use maru_store::Key;

/// The partition of a post.
pub(super) fn post_partition(post: &str) -> String {
    format!("POST#{post}")
}

/// The key of a post.
pub(super) fn post_key(post: &str) -> Key {
    Key::new(post_partition(post), "POST")
}

/// The key of a part of a post's counts.
pub(super) fn counts_key(post: &str, part: u8) -> Key {
    Key::new(post_partition(post), format!("COUNTS#{part}"))
}

/// The partition of a cell's posts.
pub(super) fn cell_partition(cell: Cell) -> String {
    format!("CELL#{cell}")
}

/// The partition of a member's posts.
pub(super) fn author_partition(member: &str) -> String {
    format!("AUTHOR#{member}")
}

/// The key of a member's post among all of theirs.
pub(super) fn author_key(member: &str, post: &str) -> Key {
    Key::new(author_partition(member), post)
}

/// The partition of a member's votes.
pub(super) fn votes_partition(member: &str) -> String {
    format!("VOTES#{member}")
}

/// The key of a member's vote on a post.
pub(super) fn vote_key(member: &str, post: &str) -> Key {
    Key::new(votes_partition(member), post)
}

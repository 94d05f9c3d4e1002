//! Erasing: everything of a member who left.
//!
//! The record that a member is gone is written first and stays: it is a condition of every write that would bring
//! back data of theirs, such as an interview that is saved later. Then what there is is counted into the record, and
//! then it is deleted. Each step can be done again: the first count stays.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::asker::Asker;
use crate::error::Error;
use crate::pace::pace_key;
use crate::store::{
    Store, asked_partition, deleted_partition, grades_partition, interview_partition, interviews_partition,
};

/// The functions whose answers are kept by idempotency key.
const KEPT_ANSWERS: [&str; 2] = ["create_interview", "create_interview_feedback"];

/// Erases everything of `member`, who left at `deleted_at`.
///
/// # Errors
/// [`Error::Store`]: begin again, what is done stays done.
pub async fn erase(store: &Store, member: &str, deleted_at: Timestamp) -> Result<(), Error> {
    let table = store.table();
    let record = table.erasure(member);
    record.begin(deleted_at).await?;
    let interviews = table.keys_of(&interviews_partition(member)).await?;
    let mut what = BTreeMap::from([("interviews", interviews.len())]);
    let belongings = interviews.iter().map(|key| ("questions", interview_partition(member, &key.sk)));
    let partitions: Vec<(&'static str, String)> = belongings.chain(others(member)).collect();
    for (kind, partition) in &partitions {
        *what.entry(*kind).or_default() += table.keys_of(partition).await?.len();
    }
    record.count(&what).await?;
    for (_, partition) in &partitions {
        table.delete_partition(partition).await?;
    }
    // Behind what they lead to.
    table.delete_partition(&interviews_partition(member)).await?;
    Ok(record.end().await?)
}

/// The partitions of what a member has besides interviews, by kind.
fn others(member: &str) -> Vec<(&'static str, String)> {
    let answers = KEPT_ANSWERS.map(|function| ("answers", format!("IDEMPOTENCY#{member}#{function}")));
    let pace = pace_key(&Asker::Member(member.to_owned())).pk;
    let rest = [
        ("asked", asked_partition(member)),
        ("grades", grades_partition(member)),
        ("deleted", deleted_partition(member)),
        ("pace", pace),
    ];
    rest.into_iter().chain(answers).collect()
}

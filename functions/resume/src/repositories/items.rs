//! What is stored of a list: an item for each repository, under the name of the copy that it belongs to.
//!
//! A copy is read at once after it was written, by the answer that it was fetched for and by whoever picks from it;
//! so it is read consistently: a page without its newest items would look like the whole list.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use maru_store::{Key, StoreError, integer, text};

use crate::github::Listed;
use crate::store::{Store, github_partition};

/// For how long the items of a copy are kept, in seconds.
pub(super) const KEPT: i64 = 30 * 24 * 60 * 60;

impl Store {
    /// The query of all items of a copy, in the order of GitHub's list.
    pub(super) fn items_of(&self, member: &str, generation: &str) -> QueryFluentBuilder {
        self.table()
            .query(&github_partition(member))
            .key_condition_expression("pk = :pk AND begins_with(sk, :generation)")
            .expression_attribute_values(":generation", text(prefix(generation)))
            .consistent_read(true)
    }

    /// All repositories of a copy.
    pub(super) async fn listing(&self, member: &str, generation: &str) -> Result<Vec<Listed>, StoreError> {
        self.table().query_all(self.items_of(member, generation)).await
    }

    /// Writes the items of a new copy, which nobody sees until the head names it.
    pub(super) async fn put_listing(
        &self,
        member: &str,
        generation: &str,
        listed: &[Listed],
    ) -> Result<(), StoreError> {
        let expires = integer(self.table().clock().now().as_second() + KEPT);
        let mut items = Vec::with_capacity(listed.len());
        for (repository, place) in listed.iter().zip(0..) {
            let mut item = self.table().encode(&item_key(member, generation, place), repository)?;
            item.insert("expiresAt".to_owned(), expires.clone());
            items.push(item);
        }
        self.table().put_all(items).await
    }

    /// Deletes the items of a copy that nobody will look at.
    pub(super) async fn delete_listing(&self, member: &str, generation: &str) -> Result<(), StoreError> {
        let count = self.listing(member, generation).await?.len();
        self.table().delete_all((0..count).map(|place| item_key(member, generation, place))).await
    }
}

fn item_key(member: &str, generation: &str, place: usize) -> Key {
    Key::new(github_partition(member), format!("{}{place:05}", prefix(generation)))
}

/// What the sort keys of a copy's items begin with.
fn prefix(generation: &str) -> String {
    format!("REPOSITORY#{generation}#")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use aws_sdk_dynamodb::config::BehaviorVersion;
    use aws_types::SdkConfig;
    use maru_lambda::{Clock, Environment, FromEnvironment};

    use super::*;

    #[test]
    fn a_copy_that_was_just_written_is_read_whole() {
        let variables = BTreeMap::from([("RESUME_TABLE".to_owned(), "resumes".to_owned())]);
        let configuration = SdkConfig::builder().behavior_version(BehaviorVersion::latest()).build();
        let environment = Environment::new(variables, configuration, Clock::system());
        let store = Store::from_environment(&environment).unwrap();
        // The pages that a caller sees, what is picked, and what is carried over are all this query.
        assert_eq!(*store.items_of("usr_1", "gen_1").get_consistent_read(), Some(true));
    }
}

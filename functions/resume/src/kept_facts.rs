//! The facts that a resume was written from, kept beside it: what a later edit may say rests on them too.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_store::text;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::facts::Digest;
use crate::store::{Store, facts_key, resume_partition};

/// One repository's facts, as JSON text, which takes less of an item's 400 KB than a map does.
#[derive(Serialize, Deserialize)]
struct FactsItem {
    facts: String,
}

impl Store {
    /// The writes that keep `digests` beside a member's resume, an item each.
    ///
    /// # Errors
    /// [`Error`].
    pub fn keep_facts(
        &self,
        member: &str,
        resume: &str,
        digests: &[Digest],
    ) -> Result<Vec<TransactWriteItem>, Error> {
        let mut parts = Vec::with_capacity(digests.len());
        for (digest, number) in digests.iter().zip(1..) {
            let item = FactsItem { facts: serde_json::to_string(digest)? };
            let put = self.table().transact_put(&facts_key(member, resume, number), &item)?;
            parts.push(self.table().part(put.build())?);
        }
        Ok(parts)
    }

    /// The facts that a member's resume was written from, in the order of its repositories.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn facts(&self, member: &str, resume: &str) -> Result<Vec<Digest>, Error> {
        let query = self
            .table()
            .query(&resume_partition(member, resume))
            .key_condition_expression("pk = :pk AND begins_with(sk, :facts)")
            .expression_attribute_values(":facts", text("FACTS#"))
            .consistent_read(true);
        let items: Vec<FactsItem> = self.table().query_all(query).await?;
        Ok(items.iter().map(|item| serde_json::from_str(&item.facts)).collect::<Result<_, _>>()?)
    }
}

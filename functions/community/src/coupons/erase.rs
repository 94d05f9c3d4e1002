//! What is done with the claims of a member who left: they become nobody's. That so many were given stays true.

use maru_lambda::new_id;
use maru_store::StoreError;

use super::Claim;
use super::keys::{claim_key, claims_partition, nobodys_claim_key};
use crate::store::Store;

/// How many items are read at a time.
const BATCH: i32 = 100;

impl Store {
    /// Makes the claims of a member nobody's, counting them in the record of the erasure. The id of a claim, which is
    /// made of its member's, does not stay.
    ///
    /// # Errors
    /// [`StoreError`]: begin again, what is done stays done.
    pub async fn erase_claims(&self, member: &str) -> Result<(), StoreError> {
        let table = self.table();
        loop {
            let query = table.query(&claims_partition(member)).consistent_read(true).limit(BATCH);
            let claims: Vec<Claim> = table.query_page(query).await?;
            if claims.is_empty() {
                return Ok(());
            }
            for claim in claims {
                let delete = table.transact_delete(&claim_key(member, &claim.id));
                let nobodys = Claim { id: new_id("clm", table.clock().now()), use_id: None, ..claim };
                let writes = vec![
                    table.part(delete.condition_expression("attribute_exists(pk)").build())?,
                    table.part(table.transact_put(&nobodys_claim_key(&nobodys.id), &nobodys)?.build())?,
                    table.erasure(member).one_more("claims")?,
                ];
                // Refused when the same event is handled twice at once.
                let _ = table.transact(writes).await?;
            }
        }
    }
}

//! What chat knows of members: what they are called.
//!
//! The nickname is a copy that follows `member.profile_changed`. A message keeps the one that its author had when it was
//! said: what was said in a room does not change, and reading it asks for nobody.

use maru_store::{StoreError, erasure_key, integer, text};
use sha2::{Digest, Sha256};

use super::keys::member_key;
use crate::store::Store;

impl Store {
    /// Remembers what a member is called, unless a later profile is known or the account is closed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn learn(&self, member: &str, revision: i64, nickname: &str) -> Result<(), StoreError> {
        let update = self
            .table()
            .transact_update(&member_key(member))
            .update_expression("SET nickname = :nickname, revision = :revision")
            .condition_expression("attribute_not_exists(revision) OR revision < :revision")
            .expression_attribute_values(":nickname", text(nickname))
            .expression_attribute_values(":revision", integer(revision));
        let open = self.table().transact_check(&erasure_key(member));
        let open = open.condition_expression("attribute_not_exists(pk)").build();
        let writes = vec![self.table().part(update.build())?, self.table().part(open)?];
        self.table().transact(writes).await.map(drop)
    }
}

/// Names a member in one room: it does not say who it is, nor that it is the same person in another room.
#[must_use]
pub fn name_in(room: &str, member: &str) -> String {
    let mut digest = Sha256::new();
    for part in [room, member] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let hash: String = digest.finalize().iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    format!("p_{hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_another_in_each_room() {
        assert_eq!(name_in("room_1", "usr_1"), name_in("room_1", "usr_1"));
        assert_ne!(name_in("room_1", "usr_1"), name_in("room_2", "usr_1"));
        assert_ne!(name_in("room_1", "usr_1"), name_in("room_1", "usr_2"));
        assert!(!name_in("room_1", "usr_1").contains("usr"));
    }
}

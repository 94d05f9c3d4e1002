//! The identity table.
//!
//! | access | key |
//! |---|---|
//! | a member, or what is left of one whose account was closed | `pk = USER#<user>, sk = MEMBER` |
//! | what a member may be beside USER; written by operators | `pk = USER#<user>, sk = ROLES` |
//! | the member's plan; none is FREE | `pk = USER#<user>, sk = PLAN` |
//! | what a provider allowed us, sealed | `pk = USER#<user>, sk = GRANT#<provider>` |
//! | the tokens that a login led to | `pk = USER#<user>, sk = FAMILY#<ULID>` |
//! | a browser that the member signed in with before | `pk = USER#<user>, sk = BROWSER#<digest>` |
//! | whose an account name is, and its password's hash | `pk = ACCOUNT#<lower case>, sk = ACCOUNT` |
//! | whose a nickname is | `pk = NICKNAME#<folded>, sk = NICKNAME` |
//! | whose a login at a provider is | `pk = PROVIDER#<provider>#<id there>, sk = PROVIDER` |
//! | a login that is under way at a provider | `pk = STATE#<digest>, sk = STATE` |
//! | a login code | `pk = CODE#<digest>, sk = CODE` |
//! | that an account's data was erased | `pk = ERASURE#<user>, sk = RECORD` |
//! | limits | `pk = LIMIT#<name>#<subject>`, as in `maru_store` |
//! | the answer of a sign-up, without tokens, by idempotency key; gone after a day | `pk = IDEMPOTENCY#<address>#signup, sk = <key>` |
//! | where to upload a picture, by idempotency key | `pk = IDEMPOTENCY#<user>#create_image_upload, sk = <key>` |
//!
//! Uniqueness is an item with a condition in the transaction that needs it; nothing is looked up first and
//! trusted. What has an end carries it as `expiresAt` in seconds, which every condition checks: the database
//! deletes late.

use maru_auth::Role;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::{Key, StoreError, Table};
use serde::Deserialize;

use crate::account::AccountName;
use crate::nickname::Nickname;
use crate::providers::Provider;
use crate::secret::Digest;

/// The identity table.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "IDENTITY_TABLE")? })
    }
}

#[derive(Deserialize)]
struct Roles {
    roles: Vec<Role>,
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// What a member may be: USER, and what operators added.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn roles(&self, user: &str) -> Result<Vec<Role>, StoreError> {
        let added: Option<Roles> = self.table.get(&Key::new(partition(user), "ROLES"), true).await?;
        let mut roles = vec![Role::User];
        roles.extend(added.into_iter().flat_map(|added| added.roles).filter(|role| *role != Role::User));
        Ok(roles)
    }
}

/// Where everything of a member lies.
#[must_use]
pub fn partition(user: &str) -> String {
    format!("USER#{user}")
}

/// Where a member's answers by idempotency key lie.
#[must_use]
pub fn answers_partition(user: &str) -> String {
    format!("IDEMPOTENCY#{user}#create_image_upload")
}

/// The key of a member.
#[must_use]
pub fn member_key(user: &str) -> Key {
    Key::new(partition(user), "MEMBER")
}

/// The key of a member's plan.
#[must_use]
pub fn plan_key(user: &str) -> Key {
    Key::new(partition(user), "PLAN")
}

/// The key of what a provider allowed us.
#[must_use]
pub fn grant_key(user: &str, provider: Provider) -> Key {
    Key::new(partition(user), format!("GRANT#{}", provider.name()))
}

/// The key of the tokens that a login led to.
#[must_use]
pub fn family_key(user: &str, family: &str) -> Key {
    Key::new(partition(user), format!("FAMILY#{family}"))
}

/// The key of a browser that the member signed in with before.
#[must_use]
pub fn browser_key(user: &str, browser: &Digest) -> Key {
    Key::new(partition(user), format!("BROWSER#{}", browser.as_str()))
}

/// The key of an account name.
#[must_use]
pub fn account_key(account: &AccountName) -> Key {
    Key::new(format!("ACCOUNT#{}", account.key()), "ACCOUNT")
}

/// The key of a nickname.
#[must_use]
pub fn nickname_key(nickname: &Nickname) -> Key {
    Key::new(format!("NICKNAME#{}", nickname.key()), "NICKNAME")
}

/// The key of a login at a provider; `id` is the account's id there.
#[must_use]
pub fn provider_key(provider: Provider, id: i64) -> Key {
    Key::new(format!("PROVIDER#{}#{id}", provider.name()), "PROVIDER")
}

/// The key of a login that is under way at a provider.
#[must_use]
pub fn state_key(state: &Digest) -> Key {
    Key::new(format!("STATE#{}", state.as_str()), "STATE")
}

/// The key of a login code.
#[must_use]
pub fn code_key(code: &Digest) -> Key {
    Key::new(format!("CODE#{}", code.as_str()), "CODE")
}

//! `member.deleted`: erases what is left of a closed account in identity, and says so in the erasure record.

use std::collections::BTreeMap;

use maru_lambda::{Clock, Event, logs};
use maru_vault::Vault;

use crate::error::Error;
use crate::events::MemberDeleted;
use crate::images::Images;
use crate::members::Erasure;
use crate::providers::{Provider, Providers};
use crate::store::Store;
use crate::vouching::seal_context;

/// What lies in a member's partition beside the member, by the first word of its sort key.
const KINDS: [(&str, &str); 5] = [
    ("grants", "GRANT#"),
    ("sessions", "FAMILY#"),
    ("browsers", "BROWSER#"),
    ("roles", "ROLES"),
    ("plan", "PLAN"),
];

pub async fn handle(
    (store, providers, vault, images, clock): (Store, Providers, Vault, Images, Clock),
    event: Event<MemberDeleted>,
) -> Result<(), Error> {
    let user = &event.data.user_id;
    for provider in [Provider::Github, Provider::Kakao] {
        if let Err(error) = revoke(&store, &providers, &vault, user, provider).await {
            // The provider's own page can do it, too; what is ours is erased all the same.
            let (provider, error) = (provider.name(), logs::chain(&error));
            tracing::warn!(provider, error, "a grant could not be taken back");
        }
    }
    // Closing itself erased these.
    let mut what = BTreeMap::from([("profile".to_owned(), 1)]);
    for (name, kind) in KINDS {
        what.insert(name.to_owned(), store.delete_kind(user, kind).await?);
    }
    what.insert("answers".to_owned(), store.delete_answers(user).await?);
    what.insert("images".to_owned(), images.delete_all(user).await?);
    store.record_erasure(user, &Erasure { erased_at: clock.now(), what }).await?;
    Ok(())
}

async fn revoke(
    store: &Store,
    providers: &Providers,
    vault: &Vault,
    user: &str,
    provider: Provider,
) -> Result<(), Error> {
    let Some(grant) = store.grant(user, provider).await? else { return Ok(()) };
    let token = vault.open(&seal_context(user, provider), &grant.sealed_token).await?;
    Ok(providers.revoke(provider, &String::from_utf8_lossy(&token)).await?)
}

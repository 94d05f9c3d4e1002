//! The keys by which KakaoPay charges members (SIDs): opened only to be used, and given up when they are not needed
//! any more.

use billing_rules::charge::AtKakaoPay;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_vault::{Vault, VaultError};

use crate::error::Error;
use crate::kakaopay::{KakaoPay, Sid, SidStatus};
use crate::store::Store;
use crate::subscriptions::{Subscribed, sid_context};

/// Opens, asks about and gives up the keys of subscriptions.
#[derive(Clone, Debug)]
pub struct BillingKeys {
    store: Store,
    kakaopay: KakaoPay,
    vault: Vault,
}

impl FromEnvironment for BillingKeys {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (store, kakaopay, vault) = <(Store, KakaoPay, Vault)>::from_environment(environment)?;
        Ok(Self { store, kakaopay, vault })
    }
}

impl BillingKeys {
    /// The key of a subscription, if it has one.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn open(&self, subscription: &Subscribed) -> Result<Option<Sid>, VaultError> {
        let Some(sealed) = &subscription.sealed_sid else { return Ok(None) };
        let opened = self.vault.open(&sid_context(&subscription.member_id), sealed).await?;
        Ok(Some(Sid::new(String::from_utf8_lossy(&opened).into_owned())))
    }

    /// What KakaoPay says of the key of a subscription; `None` without a key.
    ///
    /// # Errors
    /// [`Error::KakaoPay`], [`Error::UnknownStatus`], [`Error::Vault`].
    pub async fn state(&self, subscription: &Subscribed) -> Result<Option<AtKakaoPay>, Error> {
        let Some(sid) = self.open(subscription).await? else { return Ok(None) };
        let state = self.kakaopay.sid_state(&sid).await?;
        let active = match state.status {
            SidStatus::Active => true,
            SidStatus::Inactive => false,
            SidStatus::Other(status) => return Err(Error::UnknownStatus(status)),
        };
        Ok(Some(AtKakaoPay { active, last_approved_at: state.last_approved_at }))
    }

    /// Gives up, at KakaoPay, the key of a subscription that is over, and forgets it.
    ///
    /// # Errors
    /// [`Error`]: begin again.
    pub async fn retire(&self, subscription: &Subscribed) -> Result<(), Error> {
        if !subscription.is_over() {
            return Ok(());
        }
        let Some(sid) = self.open(subscription).await? else { return Ok(()) };
        self.kakaopay.inactivate(&sid).await?;
        Ok(self.store.forget_sid(subscription).await?)
    }
}

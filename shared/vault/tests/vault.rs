//! Seals, with the unmodified SDK against the local stack's keys.
#![expect(clippy::unwrap_used, reason = "a test panics where it cannot go on")]

use std::collections::BTreeMap;

use maru_lambda::{Environment, FromEnvironment, Problem};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Maru, Setup};
use maru_vault::{LARGEST, Vault, VaultError};

const OURS: [(&str, &str); 2] = [("user", "usr_1"), ("purpose", "github-token")];

async fn start() -> (Maru, Vault) {
    let maru = Setup::new(Vec::new()).start().await;
    let variables = BTreeMap::from([("SECRETS_KEY_ID".to_owned(), "SecretsKey".to_owned())]);
    let clock = maru.stack.clock().for_functions();
    let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
    let vault = Vault::from_environment(&environment).unwrap();
    (maru, vault)
}

#[tokio::test]
async fn a_secret_opens_for_its_own_context_in_any_order() {
    let (_maru, vault) = start().await;
    let sealed = vault.seal(&OURS, b"gho_secret").await.unwrap();
    assert!(!sealed.contains("gho_secret"));
    let [user, purpose] = OURS;
    assert_eq!(vault.open(&[purpose, user], &sealed).await.unwrap(), b"gho_secret");
}

#[tokio::test]
async fn a_seal_does_not_open_for_another_member_or_purpose_nor_when_it_was_changed() {
    let (_maru, vault) = start().await;
    let sealed = vault.seal(&OURS, b"gho_secret").await.unwrap();
    let others: [&[(&str, &str)]; 3] =
        [&[], &[("user", "usr_2"), ("purpose", "github-token")], &[("user", "usr_1"), ("purpose", "other")]];
    for context in others {
        assert!(matches!(vault.open(context, &sealed).await, Err(VaultError::Broken(_))), "{context:?}");
    }
    for changed in [&sealed[..sealed.len() - 4], "", "no base64!"] {
        assert!(matches!(vault.open(&OURS, changed).await, Err(VaultError::Broken(_))), "{changed}");
    }
}

#[tokio::test]
async fn the_largest_secret_fits_and_a_larger_one_is_refused() {
    let (_maru, vault) = start().await;
    let sealed = vault.seal(&OURS, &[7; LARGEST]).await.unwrap();
    assert_eq!(vault.open(&OURS, &sealed).await.unwrap().len(), LARGEST);
    let refusal = vault.seal(&OURS, &[7; LARGEST + 1]).await;
    assert!(matches!(refusal, Err(VaultError::TooLarge(4097))));
}

#[tokio::test]
async fn a_key_that_does_not_answer_is_worth_another_try() {
    let (maru, vault) = start().await;
    maru.stack.parts().faults.push(Fault::new(FaultTarget::Keys, FaultKind::Error, 3));
    let error = vault.seal(&OURS, b"x").await.unwrap_err();
    assert_eq!(Problem::from(error).status, 503);
}

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use super::*;

fn keys() -> Keys {
    Keys::new(["SecretsKey", "OtherKey"].map(str::to_owned), load_secret(None).unwrap())
}

fn context(pairs: &[(&str, &str)]) -> Context {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn sealed(keys: &Keys, plaintext: &str, context: &Context) -> String {
    let request = Encrypt {
        key_id: arn::key("SecretsKey"),
        plaintext: STANDARD.encode(plaintext),
        encryption_context: context.clone(),
    };
    keys.encrypt(&request).unwrap()["CiphertextBlob"].as_str().unwrap().to_owned()
}

fn opened(keys: &Keys, blob: &str, key_id: Option<&str>, context: &Context) -> Result<String, String> {
    let request = Decrypt {
        key_id: key_id.map(str::to_owned),
        ciphertext_blob: blob.to_owned(),
        encryption_context: context.clone(),
    };
    let answer = keys.decrypt(&request).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(STANDARD.decode(answer["Plaintext"].as_str().unwrap()).unwrap()).unwrap())
}

#[test]
fn what_was_sealed_opens_for_the_same_key_and_context_only() {
    let (keys, right) = (keys(), context(&[("purpose", "token"), ("user", "usr_1")]));
    let blob = sealed(&keys, "secret", &right);
    assert_eq!(opened(&keys, &blob, Some("SecretsKey"), &right).unwrap(), "secret");
    assert_eq!(opened(&keys, &blob, None, &right).unwrap(), "secret");
    assert_ne!(blob, sealed(&keys, "secret", &right), "a seal is another one each time");
    for wrong in [&[][..], &[("purpose", "token")], &[("purpose", "token"), ("user", "usr_2")]] {
        let refusal = opened(&keys, &blob, Some("SecretsKey"), &context(wrong)).unwrap_err();
        assert!(refusal.starts_with("InvalidCiphertextException"), "{wrong:?}: {refusal}");
    }
    assert!(opened(&keys, &blob, Some("OtherKey"), &right).unwrap_err().starts_with("IncorrectKeyException"));
    assert!(opened(&keys, &blob, Some("NoKey"), &right).unwrap_err().starts_with("NotFoundException"));
}

#[test]
fn a_changed_or_foreign_seal_does_not_open() {
    let (keys, none) = (keys(), BTreeMap::new());
    let mut blob = STANDARD.decode(sealed(&keys, "secret", &none)).unwrap();
    assert!(opened(&super::tests::keys(), &STANDARD.encode(&blob), None, &none).is_err());
    for at in 0..blob.len() {
        blob[at] ^= 1;
        let refusal = opened(&keys, &STANDARD.encode(&blob), Some("SecretsKey"), &none).unwrap_err();
        assert!(refusal.starts_with("InvalidCiphertextException"), "byte {at}: {refusal}");
        blob[at] ^= 1;
    }
    assert!(opened(&keys, &STANDARD.encode(&blob[..12]), None, &none).is_err());
}

#[test]
fn pairs_cannot_be_written_into_each_other() {
    let one = bound_to("key", &context(&[("a", "b"), ("c", "d")]));
    assert_ne!(one, bound_to("key", &context(&[("a", "bcd")])));
    assert_ne!(one, bound_to("keya", &context(&[("b", "c"), ("d", "")])));
}

#[test]
fn nothing_and_too_much_are_refused() {
    let keys = keys();
    for (length, fits) in [(0, false), (1, true), (LARGEST, true), (LARGEST + 1, false)] {
        let request = json!({ "KeyId": "SecretsKey", "Plaintext": STANDARD.encode(vec![7; length]) });
        let answer: Result<Value, _> = keys.encrypt(&serde_json::from_value(request).unwrap());
        assert_eq!(answer.is_ok(), fits, "{length}");
    }
}

#[test]
fn the_secret_is_made_once_and_only_its_owner_may_read_it() {
    let (state, none) = (tempfile::tempdir().unwrap(), BTreeMap::new());
    let again = || Keys::new(["SecretsKey".to_owned()], load_secret(Some(state.path())).unwrap());
    let blob = sealed(&again(), "kept", &none);
    assert_eq!(opened(&again(), &blob, None, &none).unwrap(), "kept");
    let file = state.path().join("keys/kms.key");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::write(&file, b"short").unwrap();
    let error = load_secret(Some(state.path())).err().unwrap().to_string();
    assert!(error.contains("kms.key"), "{error}");
}

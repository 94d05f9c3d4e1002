//! The key that signs development tokens: made at the first start, kept where only its owner reads it.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::stack::StackError;

/// An Ed25519 key pair.
pub(crate) struct DevelopmentKey {
    pkcs8: Vec<u8>,
    public_key: String,
}

impl DevelopmentKey {
    /// The key of a state directory, made if there is none; without a directory a new one.
    ///
    /// # Errors
    /// [`StackError::File`] or [`StackError::Key`].
    pub(crate) fn load(state: Option<&Path>) -> Result<Self, StackError> {
        let file = state.map(|state| state.join("keys").join("access-token.pk8"));
        let path = file.clone().unwrap_or_else(|| PathBuf::from("the key"));
        let pkcs8 = match file.as_deref().map(fs::read) {
            Some(Ok(pkcs8)) => pkcs8,
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => {
                return Err(StackError::File(path, error));
            }
            missing => {
                let made = generate().ok_or_else(|| StackError::Key(path.clone()))?;
                if missing.is_some() {
                    write_secret(&path, &made).map_err(|error| StackError::File(path.clone(), error))?;
                }
                made
            }
        };
        let pair = Ed25519KeyPair::from_pkcs8(&pkcs8).map_err(|_| StackError::Key(path))?;
        let public_key = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        Ok(Self { pkcs8, public_key })
    }

    /// The public half: the 32 bytes in base64url, as the verifier takes it.
    pub(crate) fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The private half as the functions that issue tokens read it from SSM.
    pub(crate) fn secret(&self) -> String {
        STANDARD.encode(&self.pkcs8)
    }

    /// Another secret that lasts as long as this one: 32 bytes in base64, of which nobody who has it learns
    /// the key or the secret of another purpose.
    pub(crate) fn secret_for(&self, purpose: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.pkcs8);
        STANDARD.encode(hmac::sign(&key, purpose.as_bytes()))
    }

    /// The private half in PKCS #8 DER.
    pub(super) fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }
}

fn generate() -> Option<Vec<u8>> {
    Some(Ed25519KeyPair::generate().ok()?.to_pkcs8().ok()?.as_ref().to_vec())
}

/// Writes a file that only its owner may read, in a folder that only its owner may enter.
fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_may_read_it() {
        let state = tempfile::tempdir().unwrap();
        let first = DevelopmentKey::load(Some(state.path())).unwrap();
        let second = DevelopmentKey::load(Some(state.path())).unwrap();
        assert_eq!(first.public_key(), second.public_key());
        let file = state.path().join("keys/access-token.pk8");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_ne!(DevelopmentKey::load(None).unwrap().public_key(), first.public_key());
    }

    #[test]
    fn each_purpose_has_a_secret_that_lasts_as_long_as_the_key() {
        let state = tempfile::tempdir().unwrap();
        let secret = |purpose| DevelopmentKey::load(Some(state.path())).unwrap().secret_for(purpose);
        assert_eq!(secret("states"), secret("states"));
        assert_ne!(secret("states"), secret("cursors"));
        assert_ne!(secret("states"), DevelopmentKey::load(None).unwrap().secret_for("states"));
        assert_eq!(STANDARD.decode(secret("states")).unwrap().len(), 32);
    }

    #[test]
    fn a_broken_key_is_said_with_its_path() {
        let state = tempfile::tempdir().unwrap();
        write_secret(&state.path().join("keys/access-token.pk8"), b"no key").unwrap();
        let error = DevelopmentKey::load(Some(state.path())).err().unwrap().to_string();
        assert!(error.contains("access-token.pk8"), "{error}");
    }
}

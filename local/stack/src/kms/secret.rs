//! The secret behind the keys: made at the first start, kept where only its owner reads it, because what it
//! sealed is in the saved tables.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::aead::{AES_256_GCM, RandomizedNonceKey};

use crate::stack::StackError;

/// The secret of a state directory, made if there is none; without a directory a new one.
///
/// # Errors
/// [`StackError::File`] or [`StackError::Secret`].
pub(crate) fn load_secret(state: Option<&Path>) -> Result<RandomizedNonceKey, StackError> {
    let file = state.map(|state| state.join("keys").join("kms.key"));
    let path = file.clone().unwrap_or_else(|| PathBuf::from("the secret"));
    let bytes = match &file {
        None => rand::random::<[u8; 32]>().to_vec(),
        Some(file) => read_or_make(file).map_err(|error| StackError::File(path.clone(), error))?,
    };
    RandomizedNonceKey::new(&AES_256_GCM, &bytes).map_err(|_| StackError::Secret(path))
}

fn read_or_make(file: &Path) -> io::Result<Vec<u8>> {
    match fs::read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        read => return read,
    }
    if let Some(folder) = file.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let made = rand::random::<[u8; 32]>();
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?.write_all(&made)?;
    Ok(made.to_vec())
}

//! Hashing away from the thread that answers: one hash takes tens of milliseconds.

use tokio::task::spawn_blocking;

use crate::error::Error;
use crate::password::Password;

/// The hash of a new password, to be stored.
///
/// # Errors
/// [`Error::Hash`], [`Error::Thread`].
pub async fn hash(password: Password) -> Result<String, Error> {
    Ok(spawn_blocking(move || password.hash(rand::random())).await??)
}

/// Whether `password` is the one of `hash`; without either it is not, after the same work.
///
/// # Errors
/// [`Error::Thread`].
pub async fn verify(password: Password, hash: Option<String>) -> Result<bool, Error> {
    Ok(spawn_blocking(move || password.is_of(hash.as_deref())).await?)
}

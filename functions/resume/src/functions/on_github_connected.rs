//! A member connected a GitHub account: keeps the connection, and fetches the list of repositories ahead.

use maru_lambda::Event;
use maru_vault::VaultError;

use crate::error::Error;
use crate::github::Connected;
use crate::repositories::Repositories;

pub async fn handle(repositories: Repositories, event: Event<Connected>) -> Result<(), Error> {
    let member = event.data.user_id.clone();
    repositories.store().keep_github_connection(event.data, event.occurred_at).await?;
    match repositories.current(&member).await {
        // Whoever asks for the list first will have it fetched.
        Err(Error::Github { error, .. }) => {
            tracing::warn!(code = error.code(), "no list of repositories ahead of time");
            Ok(())
        }
        // The list is only fetched ahead: whoever asks for it is told.
        Err(Error::Vault(error @ VaultError::Broken(_))) => {
            tracing::error!(error = maru_lambda::logs::chain(&error), "a GitHub token cannot be opened");
            Ok(())
        }
        // The member left, or connects another account at this moment, which is told by an event of its own.
        Err(Error::NotConnected | Error::Overtaken) => Ok(()),
        fetched => fetched.map(|_| ()),
    }
}

//! What follows from a provider's word: somebody is signed in, or their account there is connected.
//!
//! A person is known by the id that the provider gives them and by nothing else. An e-mail address, verified
//! or not, neither finds an account nor joins two.

use jiff::Timestamp;
use maru_lambda::new_id;
use maru_vault::Vault;

use crate::arrival::with_a_nickname;
use crate::error::Error;
use crate::events::Announcer;
use crate::members::{Connection, Grant, Member, Proof};
use crate::profile::{Email, Line, Profile};
use crate::providers::{Provider, Vouched};
use crate::store::Store;

/// How often somebody is looked for whom another callback makes a member at the same moment.
const LOOKS: u32 = 3;

/// How often a member is changed again who changes under our eyes.
const CHANGES: u32 = 5;

/// A provider's word for somebody, and what is needed to act on it.
pub struct Vouching<'a> {
    /// The members.
    pub store: &'a Store,
    /// Seals the provider's token.
    pub vault: &'a Vault,
    /// Tells the other domains.
    pub announcer: &'a Announcer,
    /// Who vouches.
    pub provider: Provider,
    /// For whom.
    pub vouched: &'a Vouched,
    /// The present moment.
    pub now: Timestamp,
}

impl Vouching<'_> {
    /// The id of the member whom the provider vouches for, made now if they never were here, and whether they
    /// were made.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn sign_in(&self) -> Result<(String, bool), Error> {
        let (user, new) = self.find_or_make().await?;
        self.keep_grant(&user).await?;
        Ok((user, new))
    }

    /// Connects the account that the provider vouches for to the member `user`, who asked for it.
    ///
    /// # Errors
    /// [`Error::Connected`] when it is another member's, or `user` has another one there; [`Error::Closed`];
    /// [`Error`].
    pub async fn connect(&self, user: &str) -> Result<(), Error> {
        for _ in 0..CHANGES {
            let before = self.store.member(user).await?;
            let there = before.connections.iter().find(|connection| connection.provider == self.provider);
            match there {
                Some(connection) if connection.id == self.vouched.id => return self.keep_grant(user).await,
                Some(_) => return Err(Error::Connected),
                None => {}
            }
            match self.add(&before).await {
                Err(Error::Stale) => {}
                Ok(()) => return self.keep_grant(user).await,
                Err(error) => return Err(error),
            }
        }
        Err(Error::Contended)
    }

    async fn add(&self, before: &Member) -> Result<(), Error> {
        let mut after = before.clone();
        after.connections.push(self.connection());
        after.revision += 1;
        after.updated_at = self.now;
        let posted = vec![self.announcer.profile_changed(&after)?];
        self.store.save(before, &after, &posted).await?;
        self.announcer.send(posted).await;
        Ok(())
    }

    async fn find_or_make(&self) -> Result<(String, bool), Error> {
        let Self { provider, vouched, now, .. } = *self;
        let connection = self.connection();
        let called = vouched.login.as_deref().or(vouched.name.as_deref()).unwrap_or_default();
        for _ in 0..LOOKS {
            if let Some(user) = self.store.connected_to(provider, vouched.id).await? {
                return Ok((user, false));
            }
            let id = new_id("usr", now);
            let member = |nickname| Member {
                connections: vec![connection.clone()],
                profile: profile(vouched),
                ..Member::new(id.clone(), nickname, now)
            };
            let proof = Proof::Provider(&connection);
            match with_a_nickname(self.store, self.announcer, called, member, &proof).await {
                Ok(member) => return Ok((member.id, true)),
                // Another callback was faster.
                Err(Error::Connected) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::Contended)
    }

    async fn keep_grant(&self, user: &str) -> Result<(), Error> {
        let context = seal_context(user, self.provider);
        let sealed_token = self.vault.seal(&context, self.vouched.token.as_bytes()).await?;
        let mut posted = Vec::new();
        if self.provider == Provider::Github {
            posted.push(self.announcer.github_connected(user, self.vouched, &sealed_token, self.now)?);
        }
        self.store.keep_grant(user, self.provider, &Grant { sealed_token }, &posted).await?;
        self.announcer.send(posted).await;
        Ok(())
    }

    fn connection(&self) -> Connection {
        let Self { provider, vouched, now, .. } = *self;
        Connection { provider, id: vouched.id, login: vouched.login.clone(), connected_at: now }
    }
}

/// For what a provider's token is sealed. The resume domain opens GitHub's with the same words.
#[must_use]
pub fn seal_context(user: &str, provider: Provider) -> [(&'static str, &str); 2] {
    let purpose = match provider {
        Provider::Github => "github-token",
        Provider::Kakao => "kakao-token",
    };
    [("user", user), ("purpose", purpose)]
}

/// What a new member's profile begins with: what of the provider's word fits.
fn profile(vouched: &Vouched) -> Profile {
    let name = vouched.name.clone().and_then(|name| Line::try_from(name).ok());
    let email = vouched.emails.first().and_then(|email| Email::try_from(email.clone()).ok());
    Profile { name, email, image_url: vouched.image_url.clone(), ..Profile::default() }
}

//! Access tokens for demo users.

use std::time::Duration;

use maru_auth::{Audience, Role, Signer, TokenError};
use serde::Serialize;

use super::key::DevelopmentKey;
use crate::clock::LocalClock;
use crate::stack::DemoLecturer;
use crate::template::Template;

/// How long the tokens are good: a day at the desk.
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// The demo users. Their ids have the form of real ones.
const USER: &str = "usr_00000000000000000000000001";
const OTHER_USER: &str = "usr_00000000000000000000000002";
const ADMIN: &str = "usr_00000000000000000000000003";

/// The lecturer when nobody says who is one.
const LECTURER: &str = "1";

/// Issues access tokens that the functions of this stack accept.
pub struct Tokens {
    signer: Signer,
    clock: LocalClock,
    lecturer: Option<DemoLecturer>,
}

/// A token for a demo user of each kind.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DemoTokens {
    /// Role USER.
    pub user: String,
    /// Role USER, another account.
    pub other_user: String,
    /// Roles USER and LECTURER.
    pub lecturer: String,
    /// Roles USER and ADMIN.
    pub admin: String,
}

impl Tokens {
    /// Tokens for the issuer and audience that the template's functions ask for.
    pub(crate) fn new(
        template: &Template,
        key: DevelopmentKey,
        clock: LocalClock,
        lecturer: Option<DemoLecturer>,
    ) -> Self {
        let variable = |name: &str| {
            let mut values = template.functions.iter().filter_map(|function| function.variables.get(name));
            values.next().cloned().unwrap_or_else(|| "local".to_owned())
        };
        let audience =
            Audience { issuer: variable("ACCESS_TOKEN_ISSUER"), audience: variable("ACCESS_TOKEN_AUDIENCE") };
        Self { signer: Signer::new(audience, key.pkcs8()), clock, lecturer }
    }

    /// A token for any account, good for a day from now on.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] when the key cannot sign.
    pub fn issue(&self, subject: &str, roles: &[Role]) -> Result<String, TokenError> {
        self.signer.sign(subject, roles, self.clock.now(), LIFETIME)
    }

    /// A token for a demo user of each kind; the lecturer is the given one, else the data's.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] when the key cannot sign.
    pub fn demo(&self, lecturer: Option<&str>) -> Result<DemoTokens, TokenError> {
        let from_data = || self.lecturer.as_ref().and_then(|lecturer| lecturer());
        let lecturer = lecturer.map(str::to_owned).or_else(from_data);
        let lecturer = lecturer.as_deref().unwrap_or(LECTURER);
        Ok(DemoTokens {
            user: self.issue(USER, &[Role::User])?,
            other_user: self.issue(OTHER_USER, &[Role::User])?,
            lecturer: self.issue(lecturer, &[Role::User, Role::Lecturer])?,
            admin: self.issue(ADMIN, &[Role::User, Role::Admin])?,
        })
    }
}

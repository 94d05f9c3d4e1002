//! Who may call: a parameter type of the handler, so that a function that forgets to authorise cannot get
//! the id that it needs.

use maru_auth::{Claims, Role};

use crate::Problem;

/// What a handler asks of its caller.
pub trait Caller: Sized + Send + 'static {
    /// Whether the access token matters. Where it does, a bad one is refused even if none is needed: its sender
    /// believes to be signed in.
    const LOOKS_AT_TOKEN: bool = true;

    /// The caller, from the claims of a verified access token; `None` for a request without a token.
    ///
    /// # Errors
    /// 401 `unauthenticated` without a token, 403 `forbidden` without the role.
    fn from_claims(claims: Option<Claims>) -> Result<Self, Problem>;
}

/// Anybody, with or without an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anyone {
    /// The account's id; none for a guest.
    pub id: Option<String>,
}

impl Caller for Anyone {
    fn from_claims(claims: Option<Claims>) -> Result<Self, Problem> {
        Ok(Self { id: claims.map(|claims| claims.sub) })
    }
}

/// Whoever calls, whatever access token comes along: for signing in, refreshing and logging out, which is done
/// by those whose token has run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stranger;

impl Caller for Stranger {
    const LOOKS_AT_TOKEN: bool = false;

    fn from_claims(_: Option<Claims>) -> Result<Self, Problem> {
        Ok(Self)
    }
}

/// Anybody with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The account's id.
    pub id: String,
    /// What the account may be.
    pub roles: Vec<Role>,
}

impl Caller for Member {
    fn from_claims(claims: Option<Claims>) -> Result<Self, Problem> {
        let claims = claims.ok_or_else(Problem::unauthenticated)?;
        Ok(Self { id: claims.sub, roles: claims.roles })
    }
}

/// Somebody who teaches on the lecture platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lecturer {
    /// The lecturer id of the lecture platform, which is the account's id.
    pub id: String,
}

impl Caller for Lecturer {
    fn from_claims(claims: Option<Claims>) -> Result<Self, Problem> {
        Ok(Self { id: with_role(claims, Role::Lecturer)? })
    }
}

/// Somebody who operates Maru.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    /// The account's id.
    pub id: String,
}

impl Caller for Admin {
    fn from_claims(claims: Option<Claims>) -> Result<Self, Problem> {
        Ok(Self { id: with_role(claims, Role::Admin)? })
    }
}

fn with_role(claims: Option<Claims>, role: Role) -> Result<String, Problem> {
    let member = Member::from_claims(claims)?;
    if member.roles.contains(&role) { Ok(member.id) } else { Err(Problem::forbidden()) }
}

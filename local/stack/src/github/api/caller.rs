//! Who asks, and what they may see.

use crate::github::World;
use crate::github::model::{Account, Repository};
use crate::github::token::Token;
use crate::sandbox::sign_in::Tokens;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Caller {
    /// Somebody without a token.
    Anybody,
    /// The owner of a token.
    Known(Account, Token),
}

impl Caller {
    /// Who shows this `Authorization` header; none if it is not good, or its token is among the `revoked`.
    pub(super) fn identify(authorization: Option<&str>, revoked: &Tokens, world: &World) -> Option<Self> {
        let Some(authorization) = authorization else { return Some(Self::Anybody) };
        let (scheme, text) = authorization.split_once(' ')?;
        let is_known = scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("token");
        let token = Token::read(text.trim()).filter(|_| is_known && !revoked.is_revoked(text.trim()))?;
        Some(Self::Known(world.account(&token.login)?.clone(), token))
    }

    pub(super) fn account(&self) -> Option<&Account> {
        match self {
            Self::Anybody => None,
            Self::Known(account, _) => Some(account),
        }
    }

    pub(super) fn token(&self) -> Option<&Token> {
        match self {
            Self::Anybody => None,
            Self::Known(_, token) => Some(token),
        }
    }

    /// Whether a repository exists for the caller: a private one only with the scope `repo`.
    pub(super) fn sees(&self, repository: &Repository) -> bool {
        let Self::Known(account, token) = self else { return !repository.private };
        !repository.private || (token.may("repo") && Affiliation::of(account, repository).is_some())
    }
}

/// How somebody belongs to a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Affiliation {
    Owner,
    Collaborator,
    OrganisationMember,
}

impl Affiliation {
    pub(super) fn of(account: &Account, repository: &Repository) -> Option<Self> {
        let owner = &repository.owner;
        if owner.login == account.login {
            Some(Self::Owner)
        } else if owner.organisation && account.organisations.contains(&owner.login) {
            Some(Self::OrganisationMember)
        } else {
            repository.collaborators.contains(&account.login).then_some(Self::Collaborator)
        }
    }

    /// The name in the parameter `affiliation`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Collaborator => "collaborator",
            Self::OrganisationMember => "organization_member",
        }
    }
}

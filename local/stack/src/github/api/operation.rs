//! What a path asks for.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::Asked;
use super::limits::Resource;
use super::refusal::Refusal;
use crate::github::model::Repository;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    User,
    Emails,
    Organisations,
    Repositories,
    RepositoriesOf(String),
    RepositoriesOfOrganisation(String),
    SearchIssues,
    RateLimit,
    Repository(Locator, Part),
}

/// Which repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Locator {
    Name(String, String),
    Id(u64),
}

/// What of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Itself,
    Languages,
    Topics,
    Readme,
    Contents(String),
    Tree(String),
    Commits,
    Pulls,
}

impl Operation {
    /// The operation of a path; none if there is no such.
    pub(super) fn read(path: &str) -> Option<Self> {
        let decode = |segment: &str| Some(percent_decode_str(segment).decode_utf8().ok()?.into_owned());
        let path = path.trim_start_matches('/').trim_end_matches('/');
        let segments = path.split('/').map(decode).collect::<Option<Vec<String>>>()?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let operation = match segments.as_slice() {
            ["user"] => Self::User,
            ["user", "emails"] => Self::Emails,
            ["user", "orgs"] => Self::Organisations,
            ["user", "repos"] => Self::Repositories,
            ["users", login, "repos"] => Self::RepositoriesOf((*login).to_owned()),
            ["orgs", login, "repos"] => Self::RepositoriesOfOrganisation((*login).to_owned()),
            ["search", "issues"] => Self::SearchIssues,
            ["rate_limit"] => Self::RateLimit,
            ["repos", owner, name, part @ ..] => {
                Self::Repository(Locator::Name((*owner).to_owned(), (*name).to_owned()), Part::read(part)?)
            }
            ["repositories", id, part @ ..] => {
                Self::Repository(Locator::Id(id.parse().ok()?), Part::read(part)?)
            }
            _ => return None,
        };
        Some(operation)
    }

    /// What faults call it, the narrowest name first.
    pub(super) fn names(&self) -> Vec<String> {
        let name = match self {
            Self::User => "user",
            Self::Emails => "emails",
            Self::Organisations => "organisations",
            Self::Repositories | Self::RepositoriesOf(_) | Self::RepositoriesOfOrganisation(_) => {
                "repositories"
            }
            Self::SearchIssues => "search",
            Self::RateLimit => "rate_limit",
            Self::Repository(_, part) => part.name(),
        };
        let mut names = vec![format!("github/{name}"), "github".to_owned()];
        if let Self::Repository(Locator::Name(owner, repository), _) = self {
            names.insert(0, format!("github/{name}:{owner}/{repository}"));
        }
        names
    }

    /// Which limit it counts against.
    pub(super) fn resource(&self) -> Resource {
        if *self == Self::SearchIssues { Resource::Search } else { Resource::Core }
    }

    /// Whether somebody looks through repositories, and should see what was committed meanwhile.
    pub(super) fn lists_repositories(&self) -> bool {
        matches!(self, Self::Repositories | Self::RepositoriesOf(_) | Self::RepositoriesOfOrganisation(_))
    }
}

impl Part {
    fn read(segments: &[&str]) -> Option<Self> {
        Some(match segments {
            [] => Self::Itself,
            ["languages"] => Self::Languages,
            ["topics"] => Self::Topics,
            ["readme"] => Self::Readme,
            ["contents", path @ ..] => Self::Contents(path.join("/")),
            ["git", "trees", reference @ ..] if !reference.is_empty() => Self::Tree(reference.join("/")),
            ["commits"] => Self::Commits,
            ["pulls"] => Self::Pulls,
            _ => return None,
        })
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Itself => "repository",
            Self::Languages => "languages",
            Self::Topics => "topics",
            Self::Readme => "readme",
            Self::Contents(_) => "contents",
            Self::Tree(_) => "tree",
            Self::Commits => "commits",
            Self::Pulls => "pulls",
        }
    }

    /// The path of this part under a repository's own.
    fn path(&self) -> String {
        match self {
            Self::Itself => String::new(),
            Self::Contents(path) if path.is_empty() => "/contents".to_owned(),
            Self::Contents(path) => format!("/contents/{path}"),
            Self::Tree(reference) => format!("/git/trees/{reference}"),
            other => format!("/{}", other.name()),
        }
    }
}

impl Asked {
    /// The repository, if the caller may see it. One that was renamed is told by its number.
    pub(super) fn repository(&self, locator: &Locator, part: &Part) -> Result<Arc<Repository>, Refusal> {
        let visible = |repository: &Repository| self.caller.sees(repository);
        let repositories = &self.world.repositories;
        let found = match locator {
            Locator::Id(id) => repositories.iter().find(|repository| repository.id == *id),
            Locator::Name(owner, name) => {
                let former = |repository: &Repository| {
                    let full = format!("{owner}/{name}");
                    repository.former_names.iter().any(|former| former.eq_ignore_ascii_case(&full))
                };
                if let Some(renamed) =
                    repositories.iter().find(|repository| former(repository) && visible(repository))
                {
                    let url = format!("{}/repositories/{}{}", self.place.api, renamed.id, part.path());
                    return Err(Refusal::moved(&self.query.append_to(&url)));
                }
                repositories.iter().find(|repository| repository.is_called(owner, name))
            }
        };
        found.filter(|found| visible(found)).cloned().ok_or_else(Refusal::not_found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_segment_by_segment() {
        let commits = Operation::read("/repos/a/b%2Fc/commits");
        let named = Locator::Name("a".to_owned(), "b/c".to_owned());
        assert_eq!(commits, Some(Operation::Repository(named, Part::Commits)));
        let contents = Operation::read("/repositories/7/contents/a/b.toml");
        let contents_of = Part::Contents("a/b.toml".to_owned());
        assert_eq!(contents, Some(Operation::Repository(Locator::Id(7), contents_of)));
        for unknown in ["/", "/users", "/repos/a", "/repos/a/b/keys", "/repositories/x", "/repos/a/%ff"] {
            assert_eq!(Operation::read(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_fault_may_name_the_operation_or_one_repository_s() {
        let operation = Operation::read("/repos/a/b/commits").unwrap();
        assert_eq!(operation.names(), ["github/commits:a/b", "github/commits", "github"]);
    }
}

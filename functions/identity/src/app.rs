//! The web app: the one place that browsers are sent back to.

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use serde::{Deserialize, Serialize};

/// The longest path of the app that a login leads back to, in bytes.
const LONGEST_PATH: usize = 500;

/// The app, by its configured origin.
#[derive(Clone, Debug)]
pub struct App {
    origin: String,
}

/// A page of the app: an absolute path, perhaps with a query, but no other origin and no fragment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AppPath(String);

impl FromEnvironment for App {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { origin: environment.require("APP_ORIGIN")?.trim_end_matches('/').to_owned() })
    }
}

impl App {
    /// The URL of a page, with one more parameter in its query.
    #[must_use]
    pub fn page(&self, path: &AppPath, name: &str, value: &str) -> String {
        // Names and values are our own words, codes and base64url: nothing in them has to be escaped.
        let mark = if path.0.contains('?') { '&' } else { '?' };
        format!("{}{}{mark}{name}={value}", self.origin, path.0)
    }
}

impl Default for AppPath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl TryFrom<String> for AppPath {
    type Error = &'static str;

    fn try_from(path: String) -> Result<Self, &'static str> {
        // Behind the origin a path cannot lead elsewhere if it begins with one slash; browsers read a
        // backslash as a slash.
        let own = path.starts_with('/') && !path.starts_with("//");
        let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\#\"<>".contains(&byte));
        if own && plain && path.len() <= LONGEST_PATH {
            Ok(Self(path))
        } else {
            Err("must be a path of the app, such as /resumes, percent-encoded, without a fragment")
        }
    }
}

impl From<AppPath> for String {
    fn from(path: AppPath) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> App {
        App { origin: "https://app.example.com".to_owned() }
    }

    #[test]
    fn a_path_of_the_app_stays_in_the_app() {
        let page = |path: &str| app().page(&path.to_owned().try_into().unwrap(), "code", "x");
        assert_eq!(page("/"), "https://app.example.com/?code=x");
        assert_eq!(page("/resumes?tab=1"), "https://app.example.com/resumes?tab=1&code=x");
        assert_eq!(app().page(&AppPath::default(), "error", "x"), "https://app.example.com/?error=x");
    }

    #[test]
    fn what_could_lead_elsewhere_is_no_path() {
        let elsewhere = [
            "",
            "resumes",
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https://evil.example",
            "@evil.example",
            ".evil.example",
            "/a b",
            "/\u{0}",
            "/a\r\nlocation: x",
            "/a#b",
            "/이력서",
        ];
        for path in elsewhere {
            assert!(AppPath::try_from(path.to_owned()).is_err(), "{path:?}");
        }
        assert!(AppPath::try_from(format!("/{}", "a".repeat(500))).is_err());
    }
}

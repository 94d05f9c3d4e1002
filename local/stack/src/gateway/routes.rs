//! Which function serves a request: the routes of the HTTP API, and the paths of the function URLs.
//!
//! Source of the order: "Work with routes for HTTP APIs" of the API Gateway developer guide: a literal beats a
//! parameter, a parameter beats a greedy one (`{proxy+}`), a method beats `ANY`.

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::cors::Cors;
use crate::runtime::Lambda;
use crate::template::EventSource;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Literal(String),
    Parameter(String),
    Greedy(String),
}

impl Segment {
    fn parse(text: &str) -> Self {
        match text.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
            Some(name) => match name.strip_suffix('+') {
                Some(name) => Self::Greedy(name.to_owned()),
                None => Self::Parameter(name.to_owned()),
            },
            None => Self::Literal(text.to_owned()),
        }
    }

    /// Less is more specific.
    const fn rank(&self) -> u8 {
        match self {
            Self::Literal(_) => 0,
            Self::Parameter(_) => 1,
            Self::Greedy(_) => 2,
        }
    }
}

/// How a route's function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// Through the HTTP API.
    Api,
    /// Through its function URL, which knows no path parameters.
    Url,
}

/// One route.
pub(super) struct Route {
    /// `GET /jobs/{id}`.
    pub(super) key: String,
    pub(super) door: Door,
    pub(super) lambda: Arc<Lambda>,
    /// What the function URL, or the API, allows to pages of other origins.
    pub(super) cors: Option<Arc<Cors>>,
    method: String,
    segments: Vec<Segment>,
}

/// All routes.
#[derive(Default)]
pub(super) struct Routes(Vec<Route>);

impl Routes {
    /// The routes of the functions.
    pub(super) fn of<'a>(lambdas: impl Iterator<Item = &'a Arc<Lambda>>, cors: Option<&Arc<Cors>>) -> Self {
        let mut routes = Vec::new();
        for lambda in lambdas {
            for event in &lambda.resource.events {
                if let EventSource::Http { method, path } = event {
                    routes.push(Route::new(method, path, Door::Api, lambda, cors.cloned()));
                }
            }
            if let Some(url) = &lambda.resource.url {
                let cors = url.cors.as_ref().map(|cors| Arc::new(Cors::read(cors)));
                routes.push(Route::new("ANY", &url.path, Door::Url, lambda, cors));
            }
        }
        Self(routes)
    }

    /// The most specific route for a request, and the path's parameters, decoded.
    pub(super) fn find(&self, method: &str, path: &str) -> Option<(&Route, BTreeMap<String, String>)> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let fitting = self.0.iter().filter(|route| route.method == method || route.method == "ANY");
        fitting
            .filter_map(|route| Some((route, route.parameters(&parts)?)))
            .min_by_key(|(route, _)| (route.ranks(), route.method == "ANY"))
    }

    /// The route whose path fits, whichever its method: for preflight requests.
    pub(super) fn find_path(&self, path: &str) -> Option<&Route> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let fitting = self.0.iter().filter(|route| route.parameters(&parts).is_some());
        fitting.min_by_key(|route| route.ranks())
    }
}

impl Route {
    fn new(method: &str, path: &str, door: Door, lambda: &Arc<Lambda>, cors: Option<Arc<Cors>>) -> Self {
        Self {
            key: format!("{method} {path}"),
            door,
            lambda: Arc::clone(lambda),
            cors,
            method: method.to_owned(),
            segments: segments(path),
        }
    }

    fn parameters(&self, parts: &[&str]) -> Option<BTreeMap<String, String>> {
        parameters(&self.segments, parts)
    }

    fn ranks(&self) -> Vec<u8> {
        self.segments.iter().map(Segment::rank).collect()
    }
}

fn segments(path: &str) -> Vec<Segment> {
    path.trim_start_matches('/').split('/').map(Segment::parse).collect()
}

/// The values of the parameters; none if the path does not fit.
fn parameters(segments: &[Segment], parts: &[&str]) -> Option<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    let mut parts = parts.iter();
    for segment in segments {
        match segment {
            Segment::Literal(text) => {
                if decoded(parts.next()?) != *text {
                    return None;
                }
            }
            Segment::Parameter(name) => {
                let part = parts.next().filter(|part| !part.is_empty())?;
                values.insert(name.clone(), decoded(part));
            }
            Segment::Greedy(name) => {
                let rest: Vec<&str> = parts.by_ref().copied().collect();
                let rest = Some(rest.join("/")).filter(|rest| !rest.is_empty())?;
                values.insert(name.clone(), decoded(&rest));
            }
        }
    }
    parts.next().is_none().then_some(values)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        Some(parameters(&segments(pattern), &parts)?.into_iter().collect())
    }

    #[test]
    fn parameters_are_decoded_and_never_empty() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(values("/jobs/{id}", "/jobs/a%2Fb%20c"), Some(vec![pair("id", "a/b c")]));
        assert_eq!(values("/files/{path+}", "/files/a/b"), Some(vec![pair("path", "a/b")]));
        assert_eq!(values("/", "/"), Some(vec![]));
        for (pattern, path) in
            [("/jobs/{id}", "/jobs/"), ("/jobs/{id}", "/jobs/1/2"), ("/a", "/a/"), ("/a/b", "/a")]
        {
            assert_eq!(values(pattern, path), None, "{path}");
        }
    }

    #[test]
    fn a_literal_is_more_specific_than_a_parameter_and_that_than_a_greedy_one() {
        let ranks = |path: &str| segments(path).iter().map(Segment::rank).collect::<Vec<_>>();
        assert!(ranks("/runs/today") < ranks("/runs/{id}"));
        assert!(ranks("/runs/{id}") < ranks("/runs/{rest+}"));
        assert!(ranks("/runs/{rest+}") < ranks("/{rest+}"));
    }
}

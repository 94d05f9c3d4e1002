//! The HTTP routes of the templates: those of the API, and those of the function URLs.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};

use maru_stack::template::{EventSource, FunctionResource, Place, Template, TemplateError};
use serde_json::Value;

/// The templates' parameters without a default. No route depends on them, but a template is read as a whole.
const PARAMETERS: [&str; 4] =
    ["AccessTokenPublicKey", "LecturePlatformUrl", "GithubClientId", "KakaoClientId"];

/// A route and its function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// The function's name.
    pub(super) function: String,
    /// In lower case, as OpenAPI has it.
    pub(super) method: String,
    /// Such as `/jobs/{jobId}`.
    pub(super) path: String,
}

/// The routes, in the templates' order.
///
/// # Errors
/// [`TemplateError`] if a template cannot be read.
pub(super) fn routes(templates: &[&str]) -> Result<Vec<Route>, TemplateError> {
    let parameters: BTreeMap<String, String> =
        PARAMETERS.map(|name| (name.to_owned(), "any".to_owned())).into_iter().collect();
    let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let template = Template::parse(templates, &parameters, &Place::at(anywhere, anywhere))?;
    Ok(template.functions.iter().flat_map(routes_of).collect())
}

fn routes_of(function: &FunctionResource) -> Vec<Route> {
    let route = |method: &str, path: &str| Route {
        function: function.name.clone(),
        method: method.to_lowercase(),
        path: path.to_owned(),
    };
    let of_api = function.events.iter().filter_map(|event| match event {
        EventSource::Http { method, path } => Some(route(method, path)),
        _ => None,
    });
    let of_url = function.url.iter().flat_map(|url| {
        // A function URL takes every method; those that pages may use are those that it is meant for.
        let methods = url.cors.as_ref().and_then(|cors| cors["AllowMethods"].as_array());
        let methods = methods.into_iter().flatten().filter_map(Value::as_str);
        methods.map(|method| route(method, &url.path)).collect::<Vec<_>>()
    });
    of_api.chain(of_url).collect()
}

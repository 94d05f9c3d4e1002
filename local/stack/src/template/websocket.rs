//! WebSocket APIs: `AWS::ApiGatewayV2::Api` with its stage, routes, integrations and the permissions to call their
//! functions.
//!
//! Left out: authorizers, responses of routes and models, deployments other than automatic ones, throttling.

use serde_json::Value;

use super::TemplateError;
use super::cloudformation::{Document, Resource};
use super::intrinsics::Resolver;
use super::names::{ACCOUNT, Place, REGION};
use super::shape::Properties;
use crate::access::matches_arn;
use crate::aws::target::function_of as called_function;

/// The types that are read here, one by way of the other.
pub(super) const KINDS: [&str; 5] = [API, STAGE, ROUTE, INTEGRATION, PERMISSION];

pub(super) const API: &str = "AWS::ApiGatewayV2::Api";
pub(super) const STAGE: &str = "AWS::ApiGatewayV2::Stage";
pub(super) const ROUTE: &str = "AWS::ApiGatewayV2::Route";
pub(super) const INTEGRATION: &str = "AWS::ApiGatewayV2::Integration";
const PERMISSION: &str = "AWS::Lambda::Permission";

/// What a route selection expression that is understood begins with.
const SELECTION: &str = "$request.body.";

/// An `AWS::ApiGatewayV2::Api` of the protocol `WEBSOCKET`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebSocketApi {
    /// Its name in the template.
    pub logical_id: String,
    /// Its id, where AWS would have ten random letters: the logical id in lower case.
    pub id: String,
    /// `Metadata.Path`: its path here, where all APIs share one host; on AWS each has its own.
    pub path: String,
    /// The name of its stage.
    pub stage: String,
    /// The field of a JSON frame that names the route (`RouteSelectionExpression`).
    pub selector: String,
    /// Its routes, in the template's order.
    pub routes: Vec<WebSocketRoute>,
}

/// A route of a WebSocket API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebSocketRoute {
    /// `$connect`, `$disconnect`, `$default`, or what the selecting field says.
    pub key: String,
    /// The name of its function.
    pub function: String,
}

impl WebSocketApi {
    /// Where clients connect to.
    #[must_use]
    pub fn url(&self, place: &Place) -> String {
        url(place, &self.path)
    }
}

fn url(place: &Place, path: &str) -> String {
    format!("{}{path}", place.url.replacen("http", "ws", 1))
}

/// The id of an API, which is what `Ref` gives.
pub(super) fn api_id(logical_id: &str) -> String {
    logical_id.to_lowercase()
}

/// The ARN of a route, or of what is below `/@connections`, of an API's stage.
pub(crate) fn execution_arn(api: &str, stage: &str, rest: &str) -> String {
    format!("arn:aws:execute-api:{REGION}:{ACCOUNT}:{api}/{stage}/{rest}")
}

/// `address` if it is none of a WebSocket API; else the same address here: `https` that of the management API on the
/// AWS endpoint, `wss` that of the clients.
pub(super) fn local_address(address: String, document: &Document, place: &Place) -> String {
    let domain = format!(".execute-api.{REGION}.amazonaws.com");
    let parts = address.split_once("://").and_then(|(scheme, rest)| {
        let (api, path) = rest.split_once(&domain)?;
        let found =
            document.resources.iter().find(|(id, resource)| resource.kind == API && api_id(id) == api);
        let (_, resource) = found?;
        match scheme {
            "https" => Some(format!("{}/{api}{path}", place.aws_url)),
            "wss" => Some(url(place, path_of(resource)?)),
            _ => None,
        }
    });
    parts.unwrap_or(address)
}

fn path_of(api: &Resource) -> Option<&str> {
    api.metadata.get("Path")?.as_str()
}

/// All WebSocket APIs of a template.
pub(super) fn read(document: &Document, resolver: &Resolver<'_>) -> Result<Vec<WebSocketApi>, TemplateError> {
    let resources = Resources { document, resolver };
    let apis = resources.of(API)?;
    apis.iter().map(|(id, properties)| resources.api(id, &Properties::new(properties, &place(id)))).collect()
}

fn place(id: &str) -> String {
    format!("Resources.{id}.Properties")
}

/// The template's resources, to be read by type.
struct Resources<'a> {
    document: &'a Document,
    resolver: &'a Resolver<'a>,
}

impl Resources<'_> {
    /// All resources of a type with their resolved properties.
    fn of(&self, kind: &str) -> Result<Vec<(&str, Value)>, TemplateError> {
        let found = self.document.resources.iter().filter(|(_, resource)| resource.kind == kind);
        let resolved = found.map(|(id, resource)| {
            Ok((id.as_str(), self.resolver.resolve(&resource.properties, &place(id))?))
        });
        resolved.collect()
    }

    /// Those of them that belong to this API.
    fn of_api(&self, kind: &str, api: &str) -> Result<Vec<(&str, Value)>, TemplateError> {
        let mut all = self.of(kind)?;
        all.retain(|(_, properties)| properties.get("ApiId").and_then(Value::as_str) == Some(api));
        Ok(all)
    }

    fn api(&self, logical_id: &str, properties: &Properties<'_>) -> Result<WebSocketApi, TemplateError> {
        if properties.required_text("ProtocolType")? != "WEBSOCKET" {
            let hint = "must be WEBSOCKET: for HTTP there is AWS::Serverless::HttpApi";
            return Err(properties.error("ProtocolType", hint));
        }
        let selection = properties.required_text("RouteSelectionExpression")?;
        let selector = selection.strip_prefix(SELECTION).ok_or_else(|| {
            properties.error("RouteSelectionExpression", "must be a field of the body: $request.body.<name>")
        })?;
        let metadata = self.document.resources.iter().find(|(id, _)| id == logical_id);
        let path = metadata.and_then(|(_, resource)| path_of(resource)).ok_or_else(|| {
            properties.error("Name", "needs Metadata: {Path: …} beside it, the path that it has locally")
        })?;
        let id = api_id(logical_id);
        let stage = self.stage(&id, properties)?;
        let routes = self.of_api(ROUTE, &id)?;
        let routes = routes
            .iter()
            .map(|(route, values)| self.route(&id, &stage, &Properties::new(values, &place(route))));
        Ok(WebSocketApi {
            logical_id: logical_id.to_owned(),
            path: path.to_owned(),
            selector: selector.to_owned(),
            routes: routes.collect::<Result<_, _>>()?,
            id,
            stage,
        })
    }

    fn stage(&self, api: &str, properties: &Properties<'_>) -> Result<String, TemplateError> {
        let stages = self.of_api(STAGE, api)?;
        let [(id, stage)] = &stages[..] else {
            return Err(properties.error("Name", "needs exactly one AWS::ApiGatewayV2::Stage"));
        };
        let stage = Properties::new(stage, &place(id));
        if !stage.is_true("AutoDeploy") {
            return Err(stage.error("AutoDeploy", "must be true: the local stack knows no deployments"));
        }
        Ok(stage.required_text("StageName")?.to_owned())
    }

    fn route(&self, api: &str, stage: &str, route: &Properties<'_>) -> Result<WebSocketRoute, TemplateError> {
        route.only(&["ApiId", "AuthorizationType", "OperationName", "RouteKey", "Target"])?;
        if route.text("AuthorizationType")?.is_some_and(|kind| kind != "NONE") {
            return Err(route.error("AuthorizationType", "must be NONE: the function asks for the token"));
        }
        let key = route.required_text("RouteKey")?;
        let target = route.required_text("Target")?;
        let integrations = self.of_api(INTEGRATION, api)?;
        let named = target.strip_prefix("integrations/");
        let integration = integrations.iter().find(|(id, _)| named == Some(id));
        let (id, integration) = integration
            .ok_or_else(|| route.error("Target", "must be integrations/ and the Ref of an integration"))?;
        let function = function_of(&Properties::new(integration, &place(id)))?;
        if !self.may_be_called(&function, &execution_arn(api, stage, key))? {
            let problem =
                format!("{function} has no AWS::Lambda::Permission by which this route may call it");
            return Err(route.error("Target", &problem));
        }
        Ok(WebSocketRoute { key: key.to_owned(), function })
    }

    /// Whether a permission lets API Gateway call a function for the route of this ARN.
    fn may_be_called(&self, function: &str, route: &str) -> Result<bool, TemplateError> {
        let permissions = self.of(PERMISSION)?;
        Ok(permissions.iter().any(|(_, permission)| {
            let text = |name: &str| permission.get(name).and_then(Value::as_str).unwrap_or_default();
            let named = text("FunctionName");
            text("Action") == "lambda:InvokeFunction"
                && text("Principal") == "apigateway.amazonaws.com"
                && named.rsplit(':').next() == Some(function)
                && matches_arn(text("SourceArn"), route)
        }))
    }
}

/// The name of the function that an integration calls.
fn function_of(integration: &Properties<'_>) -> Result<String, TemplateError> {
    if integration.required_text("IntegrationType")? != "AWS_PROXY" {
        return Err(integration.error("IntegrationType", "must be AWS_PROXY"));
    }
    let uri = integration.required_text("IntegrationUri")?;
    let path = uri.split_once(":path").map(|(_, path)| path);
    path.and_then(called_function)
        .ok_or_else(|| integration.error("IntegrationUri", "is not the address of a function's invocations"))
}

#[cfg(test)]
mod tests;

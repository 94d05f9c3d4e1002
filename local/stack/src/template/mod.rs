//! The SAM templates as the stack understands them: typed resources, with every reference resolved to a local
//! name, address or ARN. A later template's parameters may be outputs of one before it.
//!
//! It reads what Maru's template uses and skips resources that have no local meaning (alarms, log groups).
//! Left out: `Conditions`, `Mappings`, macros, nested stacks.

mod cloudformation;
mod files;
mod function;
mod intrinsics;
mod names;
mod policy;
mod queue;
mod shape;
mod triggers;
mod websocket;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub use files::{FILES, read_files};
pub use function::{FunctionResource, FunctionUrl, OnFailure};
pub(crate) use names::name_in_arn;
pub use names::{ACCOUNT, Place, REGION};
pub use policy::Statement;
pub use queue::{QueueResource, Redrive};
pub use triggers::{EventSource, QueueSource, Retry, RuleSource, ScheduleSource};
pub(crate) use websocket::execution_arn;
pub use websocket::{WebSocketApi, WebSocketRoute};

use cloudformation::Document;
use intrinsics::Resolver;

/// A template, read.
#[derive(Clone, Debug)]
pub struct Template {
    /// The Lambdas, in the template's order.
    pub functions: Vec<FunctionResource>,
    /// The SQS queues.
    pub queues: Vec<QueueResource>,
    /// The DynamoDB tables.
    pub tables: Vec<TableResource>,
    /// The S3 buckets.
    pub buckets: Vec<BucketResource>,
    /// The ids of the KMS keys.
    pub keys: Vec<String>,
    /// The names of the event buses; `default` is always one of them.
    pub buses: Vec<String>,
    /// The parameters that the template itself puts into SSM.
    pub parameters: Vec<ParameterResource>,
    /// The WebSocket APIs.
    pub websockets: Vec<WebSocketApi>,
    /// The HTTP API's `CorsConfiguration`, if it has one.
    pub cors: Option<Value>,
    /// Every other resource: logical id and type.
    pub skipped: Vec<(String, String)>,
}

/// An `AWS::DynamoDB::Table`.
#[derive(Clone, Debug)]
pub struct TableResource {
    /// Its name in the template.
    pub logical_id: String,
    /// The table's name; the logical id if the template gives none.
    pub name: String,
    /// The resolved properties, in `CloudFormation`'s form, which is nearly that of `CreateTable`.
    pub properties: Value,
}

/// An `AWS::S3::Bucket`.
#[derive(Clone, Debug)]
pub struct BucketResource {
    /// Its name in the template.
    pub logical_id: String,
    /// The bucket's name; the logical id in lower case if the template gives none.
    pub name: String,
    /// The resolved properties.
    pub properties: Value,
}

/// An `AWS::SSM::Parameter`.
#[derive(Clone, Debug)]
pub struct ParameterResource {
    /// Its name in the template.
    pub logical_id: String,
    /// The parameter's name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A template that cannot be used, and where.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// Not YAML.
    #[error("the template is not YAML")]
    Syntax(#[from] serde_yaml_ng::Error),
    /// YAML, but not what a template may say there.
    #[error("{place}: {problem}")]
    Content {
        /// The path into the template, such as `Resources.GetJobFunction.Properties.Environment`.
        place: String,
        /// What is wrong.
        problem: String,
    },
}

impl TemplateError {
    fn at(place: impl Into<String>, problem: impl std::fmt::Display) -> Self {
        Self::Content { place: place.into(), problem: problem.to_string() }
    }
}

impl Template {
    /// Reads the templates `texts`, in the order in which they are deployed. `parameters` override the defaults of
    /// the templates' `Parameters`; one that has neither is an output of the same name of a template before. `place`
    /// says where the stack listens, for URLs of queues and functions.
    ///
    /// # Errors
    /// [`TemplateError`] names the place: an unknown reference, a parameter without a value, a property that
    /// the stack does not know how to honour, a name that two templates give to resources of theirs.
    pub fn parse(
        texts: &[impl AsRef<str>],
        parameters: &BTreeMap<String, String>,
        place: &Place,
    ) -> Result<Self, TemplateError> {
        let mut template = Self::empty();
        let mut given = parameters.clone();
        let mut names = BTreeSet::new();
        for text in texts {
            let document = Document::read(text.as_ref())?;
            let resolver = Resolver::new(&document, &given, place)?;
            for (id, resource) in &document.resources {
                if !names.insert(id.clone()) {
                    return Err(TemplateError::at(
                        format!("Resources.{id}"),
                        "an earlier template has it, too",
                    ));
                }
                template.add(id, resource, &resolver)?;
            }
            template.add_websockets(websocket::read(&document, &resolver)?);
            let outputs = resolver.outputs()?;
            // What is given goes first: a test may replace what one stack gives to the other.
            outputs.into_iter().for_each(|(name, value)| {
                given.entry(name).or_insert(value);
            });
        }
        Ok(template)
    }

    /// The function of this name.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&FunctionResource> {
        self.functions.iter().find(|function| function.name == name)
    }

    fn empty() -> Self {
        Self {
            functions: Vec::new(),
            queues: Vec::new(),
            tables: Vec::new(),
            buckets: Vec::new(),
            keys: Vec::new(),
            buses: vec!["default".to_owned()],
            parameters: Vec::new(),
            websockets: Vec::new(),
            cors: None,
            skipped: Vec::new(),
        }
    }

    fn add(
        &mut self,
        id: &str,
        resource: &cloudformation::Resource,
        resolver: &Resolver<'_>,
    ) -> Result<(), TemplateError> {
        let place = format!("Resources.{id}.Properties");
        let name = || names::name_of(id, resource);
        let properties = || resolver.resolve(&resource.properties, &place);
        match resource.kind.as_str() {
            "AWS::Serverless::Function" => self.functions.push(function::read(id, resource, resolver)?),
            "AWS::SQS::Queue" => self.queues.push(queue::read(id, &name(), properties()?, &place)?),
            "AWS::DynamoDB::Table" => self.tables.push(TableResource {
                logical_id: id.to_owned(),
                name: name(),
                properties: properties()?,
            }),
            "AWS::S3::Bucket" => self.buckets.push(BucketResource {
                logical_id: id.to_owned(),
                name: name(),
                properties: properties()?,
            }),
            "AWS::Events::EventBus" => self.buses.push(name()),
            "AWS::KMS::Key" => self.keys.push(name()),
            "AWS::SSM::Parameter" => {
                let value = properties()?.get("Value").and_then(Value::as_str).map(str::to_owned);
                let value = value.ok_or_else(|| TemplateError::at(&place, "no Value"))?;
                self.parameters.push(ParameterResource { logical_id: id.to_owned(), name: name(), value });
            }
            "AWS::Serverless::HttpApi" => {
                // The rest (access logs, throttling) is not honoured, and may name what the stack does not have.
                let name = "CorsConfiguration";
                if let Some(cors) = resource.properties.get(name) {
                    self.cors = Some(resolver.resolve(cors, &format!("{place}.{name}"))?);
                }
            }
            kind if websocket::KINDS.contains(&kind) => {}
            other => self.skipped.push((id.to_owned(), other.to_owned())),
        }
        Ok(())
    }

    /// Adds APIs, whose functions learn what triggers them: the template says it at the API and not at them.
    fn add_websockets(&mut self, apis: Vec<WebSocketApi>) {
        for api in apis {
            for route in &api.routes {
                let function = self.functions.iter_mut().find(|function| function.name == route.function);
                function.into_iter().for_each(|function| {
                    let (api, route) = (api.logical_id.clone(), route.key.clone());
                    function.events.push(EventSource::WebSocket { api, route });
                });
            }
            self.websockets.push(api);
        }
    }
}

#[cfg(test)]
mod tests;

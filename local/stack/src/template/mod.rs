//! The SAM template as the stack understands it: typed resources, with every reference resolved to a local
//! name, address or ARN.
//!
//! It reads what Maru's template uses and skips resources that have no local meaning (alarms, log groups).
//! Left out: `Conditions`, `Mappings`, macros, nested stacks, `Outputs`.

mod cloudformation;
mod function;
mod intrinsics;
mod names;
mod policy;
mod queue;
mod shape;
mod triggers;

use std::collections::BTreeMap;

use serde_json::Value;

pub use function::{FunctionResource, FunctionUrl, OnFailure};
pub(crate) use names::name_in_arn;
pub use names::{ACCOUNT, Place, REGION};
pub use policy::Statement;
pub use queue::{QueueResource, Redrive};
pub use triggers::{EventSource, QueueSource, Retry, RuleSource, ScheduleSource};

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
    /// Reads the template `text`. `parameters` override the defaults of the template's `Parameters`; `place`
    /// says where the stack listens, for URLs of queues and functions.
    ///
    /// # Errors
    /// [`TemplateError`] names the place: an unknown reference, a parameter without a value, a property that
    /// the stack does not know how to honour.
    pub fn parse(
        text: &str,
        parameters: &BTreeMap<String, String>,
        place: &Place,
    ) -> Result<Self, TemplateError> {
        let document = Document::read(text)?;
        let resolver = Resolver::new(&document, parameters, place)?;
        let mut template = Self::empty();
        for (id, resource) in &document.resources {
            template.add(id, resource, &resolver)?;
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
            other => self.skipped.push((id.to_owned(), other.to_owned())),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

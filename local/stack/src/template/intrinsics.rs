//! Resolves `Ref`, `Fn::GetAtt`, `Fn::Sub` and `Fn::Join` to local values.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::TemplateError;
use super::cloudformation::{Document, Resource};
use super::names::{ACCOUNT, Place, REGION, arn_of, name_of};
use super::websocket;

pub(super) struct Resolver<'a> {
    pub(super) document: &'a Document,
    resources: BTreeMap<&'a str, &'a Resource>,
    parameters: BTreeMap<&'a str, &'a str>,
    place: &'a Place,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(
        document: &'a Document,
        given: &'a BTreeMap<String, String>,
        place: &'a Place,
    ) -> Result<Self, TemplateError> {
        let mut parameters = BTreeMap::new();
        for (name, default) in &document.parameters {
            let value = given.get(name).or(default.as_ref()).ok_or_else(|| {
                TemplateError::at(format!("Parameters.{name}"), "has no Default and was given no value")
            })?;
            parameters.insert(name.as_str(), value.as_str());
        }
        let resources = document.resources.iter().map(|(id, resource)| (id.as_str(), resource)).collect();
        Ok(Self { document, resources, parameters, place })
    }

    /// What the template gives to those after it: its outputs, by name.
    pub(super) fn outputs(&self) -> Result<Vec<(String, String)>, TemplateError> {
        let mut outputs = Vec::new();
        for (name, value) in &self.document.outputs {
            let place = format!("Outputs.{name}");
            if let Value::String(text) = self.resolve(value, &place)? {
                outputs.push((name.clone(), text));
            }
        }
        Ok(outputs)
    }

    /// `value` with every reference in it resolved. `place` is its path in the template, for errors.
    pub(super) fn resolve(&self, value: &Value, place: &str) -> Result<Value, TemplateError> {
        match value {
            Value::Object(entries) => {
                if let Some(resolved) = self.intrinsic(entries, place)? {
                    return Ok(resolved);
                }
                let resolved = entries
                    .iter()
                    .map(|(key, value)| Ok((key.clone(), self.resolve(value, &format!("{place}.{key}"))?)));
                let resolved: Result<Map<_, _>, TemplateError> = resolved.collect();
                // A null is what `AWS::NoValue` resolves to: as if the property had not been written.
                Ok(resolved?.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into())
            }
            Value::Array(items) => items.iter().map(|item| self.resolve(item, place)).collect(),
            other => Ok(other.clone()),
        }
    }

    fn intrinsic(&self, entries: &Map<String, Value>, place: &str) -> Result<Option<Value>, TemplateError> {
        let mut entries = entries.iter();
        let (Some((name, argument)), None) = (entries.next(), entries.next()) else { return Ok(None) };
        let text = match name.as_str() {
            "Ref" if argument == "AWS::NoValue" => return Ok(Some(Value::Null)),
            "Ref" => self.reference(text(argument, place)?, place)?,
            "Fn::GetAtt" => {
                let path = match argument {
                    Value::Array(parts) => {
                        parts.iter().map(|part| text(part, place)).collect::<Result<Vec<_>, _>>()?.join(".")
                    }
                    other => text(other, place)?.to_owned(),
                };
                self.attribute(&path, place)?
            }
            "Fn::Sub" => self.substitute(argument, place)?,
            "Fn::Join" => self.join(argument, place)?,
            other if other.starts_with("Fn::") => {
                return Err(TemplateError::at(place, format!("the local stack does not know {other}")));
            }
            _ => return Ok(None),
        };
        Ok(Some(Value::String(text)))
    }

    fn join(&self, argument: &Value, place: &str) -> Result<String, TemplateError> {
        let wrong = || TemplateError::at(place, "Fn::Join takes a text and a list");
        let (separator, parts) = match argument.as_array().map(Vec::as_slice) {
            Some([separator, Value::Array(parts)]) => (text(separator, place)?, parts),
            _ => return Err(wrong()),
        };
        let parts = parts.iter().map(|part| Ok(text(&self.resolve(part, place)?, place)?.to_owned()));
        Ok(parts.collect::<Result<Vec<_>, TemplateError>>()?.join(separator))
    }

    /// `Fn::Sub`: `${Name}`, `${Name.Attribute}`, names of its own map, and `${!Name}` for the text itself.
    fn substitute(&self, argument: &Value, place: &str) -> Result<String, TemplateError> {
        let (pattern, own) = match argument.as_array().map(Vec::as_slice) {
            Some([pattern, own]) => (text(pattern, place)?, self.resolve(own, place)?),
            _ => (text(argument, place)?, Value::Null),
        };
        let mut result = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) =
                after.split_once('}').ok_or_else(|| TemplateError::at(place, "${ without }"))?;
            result.push_str(before);
            match (name.strip_prefix('!'), own.get(name)) {
                (Some(literal), _) => result.push_str(&format!("${{{literal}}}")),
                (None, Some(value)) => result.push_str(text(value, place)?),
                (None, None) if name.contains('.') => result.push_str(&self.attribute(name, place)?),
                (None, None) => result.push_str(&self.reference(name, place)?),
            }
            rest = after;
        }
        result.push_str(rest);
        Ok(websocket::local_address(result, self.document, self.place))
    }

    /// What `Ref` gives: a parameter's value, or what names the resource best.
    fn reference(&self, name: &str, place: &str) -> Result<String, TemplateError> {
        let value = match name {
            "AWS::Region" => REGION,
            "AWS::AccountId" => ACCOUNT,
            "AWS::Partition" => "aws",
            "AWS::URLSuffix" => "amazonaws.com",
            "AWS::StackName" => "local",
            _ => match (self.parameters.get(name), self.resources.get(name)) {
                (Some(value), _) => value,
                (None, Some(resource)) => return self.reference_to(name, resource, place),
                (None, None) if name == "ServerlessHttpApi" => "local",
                (None, None) => return Err(TemplateError::at(place, format!("nothing is called {name}"))),
            },
        };
        Ok(value.to_owned())
    }

    fn reference_to(&self, id: &str, resource: &Resource, place: &str) -> Result<String, TemplateError> {
        let name = name_of(id, resource);
        match resource.kind.as_str() {
            "AWS::SQS::Queue" => Ok(self.place.queue_url(&name)),
            "AWS::Serverless::HttpApi" => Ok("local".to_owned()),
            websocket::API => Ok(websocket::api_id(id)),
            websocket::STAGE => Ok(resource.text("StageName").unwrap_or(id).to_owned()),
            websocket::ROUTE | websocket::INTEGRATION => Ok(id.to_owned()),
            kind if arn_of(kind, &name).is_some() => Ok(name),
            kind => Err(foreign(id, kind, place)),
        }
    }

    /// What `Fn::GetAtt` gives.
    fn attribute(&self, path: &str, place: &str) -> Result<String, TemplateError> {
        let unknown = || TemplateError::at(place, format!("the local stack does not know {path}"));
        let (id, attribute) = path.split_once('.').ok_or_else(unknown)?;
        // SAM makes the resource `<Function>Url` of a function's FunctionUrlConfig.
        if attribute == "FunctionUrl" {
            let function = id.strip_suffix("Url").and_then(|function| self.resources.get(function));
            let has_url =
                function.is_some_and(|function| function.properties.get("FunctionUrlConfig").is_some());
            return if has_url { Ok(format!("{}/", self.place.url)) } else { Err(unknown()) };
        }
        let resource = *self
            .resources
            .get(id)
            .ok_or_else(|| TemplateError::at(place, format!("nothing is called {id}")))?;
        let kind = resource.kind.as_str();
        if (attribute, kind) == ("ApiEndpoint", "AWS::Serverless::HttpApi") {
            return Ok(self.place.url.clone());
        }
        let name = name_of(id, resource);
        let arn = arn_of(kind, &name).ok_or_else(|| foreign(id, kind, place))?;
        match (attribute, kind) {
            ("Arn", _) => Ok(arn),
            ("QueueName", "AWS::SQS::Queue") | ("Name", "AWS::Events::EventBus") => Ok(name),
            ("QueueUrl", "AWS::SQS::Queue") => Ok(self.place.queue_url(&name)),
            ("Value", "AWS::SSM::Parameter") => match resource.properties.get("Value") {
                Some(value) => Ok(text(&self.resolve(value, place)?, place)?.to_owned()),
                None => Err(unknown()),
            },
            _ => Err(unknown()),
        }
    }
}

fn foreign(id: &str, kind: &str, place: &str) -> TemplateError {
    TemplateError::at(place, format!("refers to {id}, an {kind}, which the local stack does not have"))
}

fn text<'a>(value: &'a Value, place: &str) -> Result<&'a str, TemplateError> {
    value.as_str().ok_or_else(|| TemplateError::at(place, format!("{value} is not a text")))
}

//! The template's YAML, with the short forms of the intrinsic functions (`!Ref`) turned into the long ones.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use serde_yaml_ng::Value as Yaml;

use super::TemplateError;

/// A template as written: references are still references.
pub(super) struct Document {
    /// The defaults of the parameters; none for a parameter that must be given.
    pub(super) parameters: BTreeMap<String, Option<String>>,
    /// `Globals.Function`.
    pub(super) function_globals: Value,
    /// The resources, in the template's order.
    pub(super) resources: Vec<(String, Resource)>,
    /// The `Value` of each output.
    pub(super) outputs: Vec<(String, Value)>,
}

/// A resource as written.
pub(super) struct Resource {
    pub(super) kind: String,
    pub(super) properties: Value,
    pub(super) metadata: Value,
}

impl Resource {
    /// A property that is plain text.
    pub(super) fn text(&self, property: &str) -> Option<&str> {
        self.properties.get(property)?.as_str()
    }
}

impl Document {
    pub(super) fn read(text: &str) -> Result<Self, TemplateError> {
        let yaml: Yaml = serde_yaml_ng::from_str(text)?;
        let parameters = section(&yaml, "Parameters").map(|(name, parameter)| {
            let default = plain(parameter.get("Default").unwrap_or(&Yaml::Null));
            (name, default.as_str().map(str::to_owned).or_else(|| number_text(&default)))
        });
        let globals = yaml.get("Globals").and_then(|globals| globals.get("Function"));
        let resources = section(&yaml, "Resources").map(|(id, resource)| {
            let kind = resource.get("Type").and_then(Yaml::as_str);
            let kind = kind.ok_or_else(|| TemplateError::at(format!("Resources.{id}"), "no Type"))?;
            let part = |name| resource.get(name).map_or_else(|| Value::Object(Map::new()), plain);
            let (properties, metadata) = (part("Properties"), part("Metadata"));
            Ok((id, Resource { kind: kind.to_owned(), properties, metadata }))
        });
        let outputs = section(&yaml, "Outputs").map(|(name, output)| {
            let value = output.get("Value");
            let value = value.ok_or_else(|| TemplateError::at(format!("Outputs.{name}"), "no Value"))?;
            Ok((name, plain(value)))
        });
        Ok(Self {
            outputs: outputs.collect::<Result<_, TemplateError>>()?,
            parameters: parameters.collect(),
            function_globals: globals.map_or_else(|| Value::Object(Map::new()), plain),
            resources: resources.collect::<Result<_, TemplateError>>()?,
        })
    }
}

fn section<'a>(yaml: &'a Yaml, name: &str) -> impl Iterator<Item = (String, &'a Yaml)> {
    let entries = yaml.get(name).and_then(Yaml::as_mapping).into_iter().flatten();
    entries.filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value)))
}

fn number_text(value: &Value) -> Option<String> {
    (value.is_number() || value.is_boolean()).then(|| value.to_string())
}

/// YAML as JSON, with `!Name x` as `{"Fn::Name": x}` (`{"Ref": x}` for `!Ref`).
fn plain(yaml: &Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(*value),
        Yaml::Number(number) => number
            .as_i64()
            .map(Value::from)
            .or_else(|| number.as_f64().map(Value::from))
            .unwrap_or(Value::Null),
        Yaml::String(text) => Value::String(text.clone()),
        Yaml::Sequence(items) => items.iter().map(plain).collect(),
        Yaml::Mapping(entries) => entries
            .iter()
            .filter_map(|(key, value)| {
                let key = key.as_str().map(str::to_owned).or_else(|| number_text(&plain(key)))?;
                Some((key, plain(value)))
            })
            .collect::<Map<_, _>>()
            .into(),
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let name = tag.trim_start_matches('!');
            let name = if name == "Ref" { name.to_owned() } else { format!("Fn::{name}") };
            Map::from_iter([(name, plain(&tagged.value))]).into()
        }
    }
}

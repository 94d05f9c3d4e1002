//! Typed access to resolved properties, with errors that name the place.

use serde_json::Value;

use super::TemplateError;

/// An object of the template and its path there.
pub(super) struct Properties<'a> {
    value: &'a Value,
    place: String,
}

impl<'a> Properties<'a> {
    pub(super) fn new(value: &'a Value, place: &str) -> Self {
        Self { value, place: place.to_owned() }
    }

    pub(super) fn raw(&self, name: &str) -> Option<&'a Value> {
        self.value.get(name)
    }

    /// An inner object; an absent one has no properties.
    pub(super) fn within(&self, name: &str) -> Self {
        let value = self.raw(name).unwrap_or(&Value::Null);
        Properties { value, place: format!("{}.{name}", self.place) }
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, TemplateError> {
        let as_text = |value: &'a Value| value.as_str().ok_or_else(|| self.error(name, "is not a text"));
        self.raw(name).map(as_text).transpose()
    }

    pub(super) fn required_text(&self, name: &str) -> Result<&'a str, TemplateError> {
        self.text(name)?.ok_or_else(|| self.error(name, "is missing"))
    }

    /// A whole number, which `CloudFormation` also takes as text (a parameter's value always is).
    pub(super) fn whole(&self, name: &str) -> Result<Option<u32>, TemplateError> {
        let as_whole = |value: &Value| {
            let number = match value {
                Value::String(text) => text.parse().ok(),
                other => other.as_u64().and_then(|number| u32::try_from(number).ok()),
            };
            number.ok_or_else(|| self.error(name, "is not a whole number"))
        };
        self.raw(name).map(as_whole).transpose()
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        self.raw(name).is_some_and(|value| value == true || value == "true")
    }

    /// The entries of an inner object.
    pub(super) fn entries(&self, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.raw(name).and_then(Value::as_object).into_iter().flatten()
    }

    /// Refuses properties that the stack would silently ignore although they change what happens.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), TemplateError> {
        let names = self.value.as_object().into_iter().flat_map(serde_json::Map::keys);
        let unknown = names.into_iter().find(|name| !known.contains(&name.as_str()));
        unknown.map_or(Ok(()), |name| {
            Err(self.error(name, "is a property that the local stack does not honour"))
        })
    }

    pub(super) fn error(&self, name: &str, problem: &str) -> TemplateError {
        TemplateError::at(format!("{}.{name}", self.place), problem)
    }
}

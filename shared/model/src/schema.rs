//! The form that a model fills, as a JSON schema.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

/// The JSON schema of a form. It holds no references, which not every model follows.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Form {
        first: Part,
        second: Vec<Part>,
    }

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Part {
        text: String,
    }

    #[test]
    fn a_part_that_stands_in_two_places_is_written_out_in_both() {
        let schema = schema_of::<Form>();
        let properties = &schema["properties"];
        assert_eq!(properties["first"]["properties"]["text"]["type"], "string", "{schema:#}");
        assert_eq!(properties["second"]["items"]["properties"]["text"]["type"], "string", "{schema:#}");
        assert!(!schema.to_string().contains("$ref"), "{schema:#}");
    }
}

//! Whatever the schema and whatever the text: the form is valid, and every quote stands in its source.

use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Map, Value, json};

use super::{fill_form, material::Material};

const NAMES: &[&str] = &[
    "summary",
    "title",
    "count",
    "claim",
    "score",
    "strengths",
    "questions",
    "kind",
    "id",
    "quote",
    "met",
    "done",
];

fn text_schema() -> impl Strategy<Value = Value> {
    (0_usize..40, 0_usize..80, any::<bool>()).prop_map(|(least, more, nullable)| {
        let kind = if nullable { json!(["null", "string"]) } else { json!("string") };
        json!({ "type": kind, "minLength": least, "maxLength": least + more })
    })
}

fn number_schema() -> impl Strategy<Value = Value> {
    (select(&["integer", "number"][..]), -50_i64..50, option::of(0_i64..50)).prop_map(
        |(kind, least, range)| {
            let mut schema = json!({ "type": kind, "minimum": least });
            if let Some(range) = range {
                schema["maximum"] = (least + range).into();
            }
            schema
        },
    )
}

fn leaf() -> impl Strategy<Value = Value> {
    let literals =
        vec(prop_oneof![any::<bool>().prop_map(Value::Bool), "[a-z]{1,4}".prop_map(Value::from)], 1..4);
    prop_oneof![
        text_schema(),
        number_schema(),
        Just(json!({ "type": "boolean" })),
        Just(json!({ "type": "null" })),
        Just(json!(true)),
        literals.clone().prop_map(|options| json!({ "enum": options })),
        literals.prop_map(|options| json!({ "const": options[0] })),
        Just(json!({ "$ref": "#/$defs/Claim" })),
        Just(json!({ "$ref": "#/$defs/Evidence" })),
        Just(json!({ "anyOf": [{ "$ref": "#/$defs/Tree" }, { "type": "null" }] })),
        Just(json!({ "$ref": "#/$defs/Tagged" })),
    ]
}

fn object(fields: Vec<(&'static str, Value, bool)>) -> Value {
    let required: Vec<&str> =
        fields.iter().filter(|(_, _, required)| *required).map(|(name, ..)| *name).collect();
    let properties: Map<String, Value> =
        fields.iter().map(|(name, schema, _)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// Fields of distinct names.
fn fields(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Vec<(&'static str, Value, bool)>> {
    vec((select(NAMES), inner, any::<bool>()), 0..5).prop_map(|mut fields| {
        fields.sort_by_key(|(name, ..)| *name);
        fields.dedup_by_key(|(name, ..)| *name);
        fields
    })
}

fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            fields(inner.clone()).prop_map(object),
            (inner.clone(), 0_usize..4, 0_usize..4).prop_map(|(items, least, more)| {
                json!({ "type": "array", "items": items, "minItems": least, "maxItems": least + more })
            }),
            inner.prop_map(|alternative| json!({ "anyOf": [{ "type": "null" }, alternative] })),
        ]
    })
}

fn root() -> impl Strategy<Value = Value> {
    let bounds = (option::of(10_usize..120), 0_usize..3, 1_usize..4);
    (fields(schema()), bounds).prop_map(|(fields, (longest, least, more))| {
        let quote = longest.map_or_else(|| json!({ "type": "string" }), |longest| json!({ "type": "string", "maxLength": longest }));
        let mut root = object(fields);
        root["$defs"] = json!({
            "Evidence": object(vec![("kind", json!({ "enum": ["review", "question"] }), true), ("id", json!({ "type": "string" }), true), ("quote", quote, true)]),
            "Claim": object(vec![
                ("claim", json!({ "type": "string", "maxLength": 90 }), true),
                ("count", json!({ "type": "integer", "minimum": 0 }), true),
                ("evidence", json!({ "type": "array", "items": { "$ref": "#/$defs/Evidence" }, "minItems": least, "maxItems": least + more }), true),
            ]),
            "Tree": object(vec![("title", json!({ "type": "string" }), true), ("branches", json!({ "type": "array", "items": { "$ref": "#/$defs/Tree" } }), true)]),
            "Tagged": { "oneOf": [
                { "type": "object", "properties": { "kind": { "const": "a" }, "next": { "$ref": "#/$defs/Tagged" } }, "required": ["kind", "next"] },
                { "type": "object", "properties": { "kind": { "const": "b" }, "score": { "type": "integer" } }, "required": ["kind", "score"] },
            ] },
        });
        root
    })
}

#[derive(Debug, Clone)]
struct Prompt {
    text: String,
    sources: Vec<(String, String)>,
}

fn prompt() -> impl Strategy<Value = Prompt> {
    let words = prop_oneof![
        select(
            &[
                "예제가 좋아요. ",
                "소리가 작아서 아쉬워요! ",
                "예제를 추가해 주세요\n",
                "왜 그런가요? ",
                "</source> ",
                "😀 ",
                "& &lt; ",
                "\"quote\" "
            ][..]
        )
        .prop_map(str::to_owned),
        ".{0,12}",
    ];
    let source = (select(&["review", "question"][..]), option::of(1_u8..=5), vec(words, 0..6));
    vec(source, 0..6).prop_map(|sources| {
        let mut prompt = Prompt {
            text: "Report. <facts>{\"score\":3,\"title\":\"T\"}</facts>".into(),
            sources: Vec::new(),
        };
        for (number, (kind, rating, words)) in sources.into_iter().enumerate() {
            let (id, text) = (format!("s_{number}"), words.concat());
            let escaped =
                text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            let rating = rating.map_or_else(String::new, |rating| format!(" rating=\"{rating}\""));
            prompt
                .text
                .push_str(&format!("\n<source kind=\"{kind}\" id=\"{id}\"{rating}>{escaped}</source>"));
            prompt.sources.push((id, text));
        }
        prompt
    })
}

/// Every evidence object within a form: its id and quote.
fn evidence(form: &Value) -> Vec<(String, String)> {
    let inner = match form {
        Value::Array(items) => items.iter().flat_map(evidence).collect(),
        Value::Object(fields) => fields.values().flat_map(evidence).collect(),
        _ => Vec::new(),
    };
    let own = form["id"].as_str().zip(form["quote"].as_str()).filter(|_| form["kind"].is_string());
    own.map(|(id, quote)| (id.to_owned(), quote.to_owned())).into_iter().chain(inner).collect()
}

proptest! {
    #[test]
    fn every_form_is_valid_for_its_schema(schema in root(), prompt in prompt()) {
        let material = Material::read(std::iter::once(prompt.text.as_str()));
        let form = fill_form(&schema, &material);
        prop_assert!(form.is_ok(), "{schema:#}");
        prop_assert!(jsonschema::is_valid(&schema, &form.unwrap()));
    }

    #[test]
    fn claims_rest_on_sentences_that_stand_in_their_sources(prompt in prompt()) {
        let schema = crate::bedrock::tests::section_schema();
        let material = Material::read(std::iter::once(prompt.text.as_str()));
        let form = fill_form(&schema, &material).unwrap();
        prop_assert!(jsonschema::is_valid(&schema, &form));
        for (id, quote) in evidence(&form) {
            let source = prompt.sources.iter().find(|(known, _)| *known == id);
            prop_assert!(source.is_some_and(|(_, text)| text.contains(&quote)), "{id}: {quote}");
        }
    }
}

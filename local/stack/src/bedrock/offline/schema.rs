//! Reading a JSON schema: references followed, alternatives laid out, keywords at hand.

use serde_json::{Map, Value, json};

/// Names of the three properties that make an object an evidence object.
const EVIDENCE: [&str; 3] = ["kind", "id", "quote"];

/// Names of the three properties that make an object an interview question: what is asked, what could be answered,
/// and the sentence that it is about.
const QUESTION: [&str; 3] = ["question", "answer", "about"];

/// Names of the two properties that make an object a verdict: whether something is met, and the words that show it.
const VERDICT: [&str; 2] = ["met", "quote"];

/// Names of the two properties that make an object one on a picture: whether it shows something, and why that is said.
const SIGHT: [&str; 2] = ["shows", "reason"];

/// Names of the text in a claim object that rests on its evidence.
pub(super) const CLAIM_TEXTS: [&str; 3] = ["claim", "text", "statement"];

/// One schema node with its references resolved and its `allOf` merged in.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    keywords: Map<String, Value>,
    /// The references that led here, outermost first.
    pub refs: Vec<String>,
}

impl Shape {
    /// Resolves `schema` within `root`. `refs` are the references that the caller stands in; `None` for one of
    /// those again (a value that would contain itself), for a dangling reference and for the schema `false`.
    pub(super) fn resolve(root: &Value, schema: &Value, refs: &[String]) -> Option<Self> {
        let mut shape = Self { keywords: Map::new(), refs: refs.to_vec() };
        let mut own = match schema {
            Value::Bool(true) => Map::new(),
            Value::Object(keywords) => keywords.clone(),
            _ => return None,
        };
        if let Some(reference) = own.remove("$ref") {
            let reference = reference.as_str()?.to_owned();
            if shape.refs.contains(&reference) {
                return None;
            }
            let target = root.pointer(reference.strip_prefix('#')?)?;
            shape.refs.push(reference);
            let inner = Self::resolve(root, target, &shape.refs)?;
            shape.absorb(inner);
        }
        if let Some(Value::Array(parts)) = own.remove("allOf") {
            for part in &parts {
                let inner = Self::resolve(root, part, &shape.refs)?;
                shape.absorb(inner);
            }
        }
        shape.merge(own);
        Some(shape)
    }

    fn absorb(&mut self, other: Self) {
        self.refs = other.refs;
        self.merge(other.keywords);
    }

    /// Properties and requirements add up; any other keyword of `other` takes the place of one's own.
    fn merge(&mut self, other: Map<String, Value>) {
        for (keyword, value) in other {
            match (self.keywords.get_mut(&keyword), value) {
                (Some(Value::Object(mine)), Value::Object(theirs)) if keyword == "properties" => {
                    mine.extend(theirs)
                }
                (Some(Value::Array(mine)), Value::Array(theirs)) if keyword == "required" => {
                    mine.extend(theirs)
                }
                (_, value) => {
                    self.keywords.insert(keyword, value);
                }
            }
        }
    }

    /// A keyword's value.
    pub(super) fn get(&self, keyword: &str) -> Option<&Value> {
        self.keywords.get(keyword)
    }

    /// Whether a number keeps the bounds (`minimum` … `multipleOf`) of this node.
    pub(super) fn bounds_allow(&self, number: impl Into<Value>) -> bool {
        let names = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
        let bounds =
            names.iter().filter_map(|name| Some(((*name).to_owned(), self.get(name)?.clone()))).collect();
        jsonschema::validator_for(&Value::Object(bounds)).is_ok_and(|bounds| bounds.is_valid(&number.into()))
    }

    /// Whether any value of the type `name` is meant, not one out of a list.
    pub(super) fn is_open(&self, name: &str) -> bool {
        let listed = ["enum", "const"].iter().any(|keyword| self.get(keyword).is_some());
        !listed && self.branches().is_empty() && self.types().contains(&name)
    }

    /// A keyword's value as a size (`minItems`, `maxLength` …).
    pub(super) fn size(&self, keyword: &str) -> Option<usize> {
        self.get(keyword)?.as_u64().and_then(|size| usize::try_from(size).ok())
    }

    /// The alternatives of `anyOf` or `oneOf`, each with the node's other keywords; `null` last, so that it is
    /// taken only when nothing else can be.
    pub(super) fn branches(&self) -> Vec<Value> {
        let Some(alternatives) = self.get("anyOf").or_else(|| self.get("oneOf")).and_then(Value::as_array)
        else {
            return Vec::new();
        };
        let mut base = self.keywords.clone();
        base.remove("anyOf");
        base.remove("oneOf");
        let (nulls, others): (Vec<&Value>, Vec<&Value>) =
            alternatives.iter().partition(|alternative| alternative["type"] == "null");
        others.into_iter().chain(nulls).map(|alternative| json!({ "allOf": [base, alternative] })).collect()
    }

    /// The types that a value may have, `null` last; guessed from the keywords where none is named.
    pub(super) fn types(&self) -> Vec<&str> {
        let mut types = match self.get("type") {
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ if self.get("properties").or_else(|| self.get("required")).is_some() => vec!["object"],
            _ if self.get("items").or_else(|| self.get("prefixItems")).is_some() => vec!["array"],
            _ if self.get("minimum").or_else(|| self.get("maximum")).is_some() => vec!["number"],
            _ => vec!["string"],
        };
        types.sort_by_key(|name| *name == "null");
        types
    }

    /// The named properties, in the schema's order.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.get("properties").and_then(Value::as_object).into_iter().flatten()
    }

    /// One named property's schema.
    pub(super) fn property(&self, name: &str) -> Option<&Value> {
        self.get("properties")?.get(name)
    }

    /// Whether an object without this property is invalid.
    pub(super) fn requires(&self, name: &str) -> bool {
        self.required().any(|required| required == name)
    }

    /// The properties that an object must have.
    pub(super) fn required(&self) -> impl Iterator<Item = &str> {
        self.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// The schema of an array's item at `place`.
    pub(super) fn item(&self, place: usize) -> &Value {
        let fixed = self.get("prefixItems").and_then(|items| items.get(place));
        fixed.or_else(|| self.get("items")).unwrap_or(&Value::Bool(true))
    }

    /// Whether this is an evidence object: kind, id and quote of a sentence.
    pub(super) fn is_evidence(&self) -> bool {
        EVIDENCE.iter().all(|name| self.property(name).is_some())
    }

    /// Whether this is an interview question.
    pub(super) fn is_question(&self) -> bool {
        QUESTION.iter().all(|name| self.property(name).is_some())
    }

    /// Whether this is a verdict on an answer; what on, tells the name of the property that holds it.
    pub(super) fn is_verdict(&self) -> bool {
        VERDICT.iter().all(|name| self.property(name).is_some())
    }

    /// Whether this says what a picture shows.
    pub(super) fn is_sight(&self) -> bool {
        SIGHT.iter().all(|name| self.property(name).is_some())
    }

    /// The property that lists the evidence, if this is a claim: an object with such a list and with a text or a
    /// `count` that rests on it.
    pub(super) fn claim_evidence(&self, root: &Value) -> Option<&str> {
        let says = CLAIM_TEXTS.iter().chain(&["count"]).any(|name| self.property(name).is_some());
        let lists_evidence = |schema: &Value| {
            let list = Self::resolve(root, schema, &self.refs)?;
            Self::resolve(root, list.get("items")?, &list.refs).map(|item| item.is_evidence())
        };
        let mut properties = self.properties().filter(|_| says);
        properties.find(|(_, schema)| lists_evidence(schema) == Some(true)).map(|(name, _)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_followed_and_siblings_kept() {
        let root = json!({ "$defs": { "A": { "type": "string", "maxLength": 5 } } });
        let shape = Shape::resolve(&root, &json!({ "$ref": "#/$defs/A", "minLength": 2 }), &[]).unwrap();
        assert_eq!(
            (shape.types(), shape.size("maxLength"), shape.size("minLength")),
            (vec!["string"], Some(5), Some(2))
        );
        assert!(Shape::resolve(&root, &json!({ "$ref": "#/$defs/B" }), &[]).is_none());
    }

    #[test]
    fn a_reference_into_itself_ends() {
        let root = json!({ "$defs": { "A": { "$ref": "#/$defs/A" } } });
        assert!(Shape::resolve(&root, &json!({ "$ref": "#/$defs/A" }), &[]).is_none());
    }

    #[test]
    fn null_is_the_last_resort() {
        let schema = json!({ "anyOf": [{ "type": "null" }, { "type": "integer" }], "description": "d" });
        let shape = Shape::resolve(&Value::Null, &schema, &[]).unwrap();
        let branches = shape.branches();
        let types: Vec<_> = branches.iter().map(|branch| branch["allOf"][1]["type"].clone()).collect();
        assert_eq!(types, ["integer", "null"]);
        let schema = json!({ "type": ["null", "string"] });
        assert_eq!(Shape::resolve(&Value::Null, &schema, &[]).unwrap().types(), ["string", "null"]);
    }

    #[test]
    fn claims_are_known_by_their_evidence() {
        let root = json!({
            "type": "object",
            "properties": { "claim": {}, "evidence": { "type": "array", "items": { "$ref": "#/$defs/Evidence" } } },
            "$defs": { "Evidence": { "type": "object", "properties": { "kind": {}, "id": {}, "quote": {} } } },
        });
        let shape = Shape::resolve(&root, &root, &[]).unwrap();
        assert_eq!(shape.claim_evidence(&root), Some("evidence"));
        assert!(!shape.is_evidence());
    }
}

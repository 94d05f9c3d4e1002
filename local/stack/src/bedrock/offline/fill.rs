//! Filling a form: a value for each part of a JSON schema, made of the material.
//!
//! Each part is first filled with what there really is; only where the schema leaves no way out (no empty list, no
//! `null`, nothing optional) is it *forced*, with words that say that there is nothing.

use serde_json::{Map, Value};

use super::{
    claims::groups,
    material::Material,
    passages::{Passage, telling},
    phrases, scalars,
    schema::Shape,
    scope::Scope,
};

mod objects;

/// Items of a list that nothing else limits.
const LIST_LENGTH: usize = 3;
/// Questions that are asked at a time, at most.
const MOST_QUESTIONS: usize = 10;
/// Further tries at an item for a list that must not repeat any.
const UNIQUE_TRIES: usize = 8;

/// A value for `schema`; `None` if no value can be found. It honours types, `enum`, `const`, bounds of numbers,
/// texts and lists, `uniqueItems`, `$ref`, `anyOf`, `oneOf` and `allOf`; not `pattern` or `not`.
pub(super) fn fill(schema: &Value, material: &Material) -> Option<Value> {
    let all = Passage::all(material);
    let filler = Filler { root: schema, material, all: &all };
    let scope = Scope::new(all.iter().filter(|passage| passage.says_something()).collect());
    filler.part(schema, &scope).or_else(|| filler.part(schema, &scope.forced()))
}

struct Filler<'a> {
    root: &'a Value,
    material: &'a Material,
    /// Every sentence, also those that say nothing.
    all: &'a [Passage<'a>],
}

impl<'a> Filler<'a> {
    fn part(&self, schema: &Value, scope: &Scope<'a>) -> Option<Value> {
        let shape = Shape::resolve(self.root, schema, &scope.refs)?;
        let scope = scope.through(&shape.refs);
        if let Some(only) = shape.get("const") {
            return Some(only.clone());
        }
        if let Some(options) = shape.get("enum").and_then(Value::as_array) {
            return self.option(options, &scope);
        }
        let branches = shape.branches();
        if !branches.is_empty() {
            return branches.iter().find_map(|branch| self.part(branch, &scope));
        }
        shape.types().into_iter().find_map(|name| match name {
            "object" => self.object(&shape, &scope),
            "array" => self.array(&shape, &scope),
            "string" => self.text(&shape, &scope),
            "integer" => self.number(&shape, &scope, Value::is_i64, scalars::integer),
            "number" => self.number(&shape, &scope, Value::is_number, scalars::number),
            "boolean" => self.flag(&scope),
            "null" => Some(Value::Null),
            _ => None,
        })
    }

    /// What the facts or the source at hand say under the property's own name.
    fn known(&self, scope: &Scope<'a>) -> Option<Value> {
        let attribute =
            || scope.passage()?.source.attributes.get(&scope.name).map(|value| Value::from(value.as_str()));
        self.material.fact(&scope.name).cloned().or_else(attribute)
    }

    fn option(&self, options: &[Value], scope: &Scope<'a>) -> Option<Value> {
        if let Some(known) = self.known(scope).filter(|known| options.contains(known)) {
            return Some(known);
        }
        if scope.in_list && !scope.forced {
            return None;
        }
        let real: Vec<&Value> = options.iter().filter(|option| !option.is_null()).collect();
        let place = scope.position.checked_rem(real.len()).unwrap_or(0);
        real.get(place).copied().or_else(|| options.first()).cloned()
    }

    fn text(&self, shape: &Shape, scope: &Scope<'a>) -> Option<Value> {
        let language = self.material.language;
        if scope.name.to_lowercase().contains("summary") {
            let told = telling(scope.passages.iter().copied(), phrases::SUMMARY_SENTENCES);
            return Some(scalars::text(shape, &phrases::summary(language, &told)).into());
        }
        let known = self
            .known(scope)
            .filter(|known| known.as_str().is_some_and(|text| scalars::text_fits(shape, text)));
        if known.is_some() {
            return known;
        }
        let sentence = match scope.passage() {
            Some(passage) => passage.text.to_owned(),
            None if !scope.forced => return None,
            None if scope.in_list => format!("{} {}", scope.position + 1, phrases::nothing(language)),
            None => phrases::nothing(language).to_owned(),
        };
        Some(scalars::text(shape, &sentence).into())
    }

    fn number(
        &self,
        shape: &Shape,
        scope: &Scope<'a>,
        is_kind: fn(&Value) -> bool,
        within: fn(&Shape) -> Option<Value>,
    ) -> Option<Value> {
        let known = self.known(scope).filter(|known| is_kind(known) && shape.bounds_allow(known.clone()));
        known.or_else(|| if scope.in_list && !scope.forced { None } else { within(shape) })
    }

    fn flag(&self, scope: &Scope<'a>) -> Option<Value> {
        let known = self.known(scope).filter(Value::is_boolean);
        known.or_else(|| (!scope.in_list || scope.forced).then_some(Value::Bool(false)))
    }

    fn array(&self, shape: &Shape, scope: &Scope<'a>) -> Option<Value> {
        let least = shape.size("minItems").unwrap_or(0);
        let most = self.longest(shape, scope, least);
        let unique = shape.get("uniqueItems") == Some(&Value::Bool(true));
        let mut items: Vec<Value> = Vec::new();
        let add = |item: Option<Value>, items: &mut Vec<Value>| {
            items.extend(item.filter(|item| items.len() < most && !(unique && items.contains(item))));
        };
        for scope in self.item_scopes(shape, scope, most) {
            add(self.part(shape.item(items.len()), &scope), &mut items);
        }
        let tries = if scope.forced { least + UNIQUE_TRIES } else { 0 };
        for position in 0..tries {
            if items.len() < least {
                let scope = scope.item(position, scope.passages.clone()).forced();
                add(self.part(shape.item(items.len()), &scope), &mut items);
            }
        }
        (items.len() >= least).then_some(Value::Array(items))
    }

    /// How many items a list gets at most. Of questions as many as it may have: its reader picks some.
    fn longest(&self, shape: &Shape, scope: &Scope<'a>, least: usize) -> usize {
        let item = Shape::resolve(self.root, shape.item(0), &scope.refs);
        let asks = item.is_some_and(|item| item.is_question());
        match shape.size("maxItems") {
            Some(most) if asks => most.min(MOST_QUESTIONS),
            most => most.unwrap_or(usize::MAX).min(LIST_LENGTH.max(least)),
        }
    }

    /// One scope for each item that the material has something for.
    fn item_scopes(&self, shape: &Shape, scope: &Scope<'a>, most: usize) -> Vec<Scope<'a>> {
        let item = Shape::resolve(self.root, shape.item(0), &scope.refs);
        if item.as_ref().is_some_and(|item| item.claim_evidence(self.root).is_some()) {
            let groups = groups(scope.list, &scope.passages, most);
            return groups.into_iter().map(|group| scope.about(group)).collect();
        }
        if item.as_ref().is_some_and(Shape::is_question) {
            return self.question_scopes(scope, most);
        }
        let quoted = item.is_some_and(|item| item.is_evidence());
        let fits = |passage: &&Passage<'_>| {
            (!quoted || passage.source.id().is_some()) && scope.list.fit(passage).is_some()
        };
        // The sentences of a claim were chosen already; what the list wants was asked for then.
        let chosen = scope.claimed;
        let passages: Vec<_> =
            scope.passages.iter().copied().filter(|passage| chosen || fits(passage)).collect();
        (0..passages.len().min(most)).map(|position| scope.item(position, passages.clone())).collect()
    }

    fn object(&self, shape: &Shape, scope: &Scope<'a>) -> Option<Value> {
        if shape.is_evidence() {
            let evidence = self.evidence(shape, scope);
            return evidence
                .or_else(|| if scope.forced { self.properties(shape, scope, Map::new()) } else { None });
        }
        if shape.is_question() {
            return self.question(shape, scope);
        }
        if shape.is_verdict() {
            return self.verdict(shape, scope);
        }
        if shape.is_sight()
            && let Some(looked) = self.material.looked
        {
            return self.sight(looked, shape, scope);
        }
        match shape.claim_evidence(self.root) {
            Some(list) => self.claim(shape, list, scope),
            None => self.properties(shape, scope, Map::new()),
        }
    }

    /// The properties that `form` does not have yet; `None` if a required one cannot be filled.
    fn properties(&self, shape: &Shape, scope: &Scope<'a>, mut form: Map<String, Value>) -> Option<Value> {
        let unnamed = shape.required().filter(|name| shape.property(name).is_none());
        let names: Vec<&str> = shape.properties().map(|(name, _)| name.as_str()).chain(unnamed).collect();
        for (ordinal, name) in names.into_iter().enumerate() {
            if form.contains_key(name) {
                continue;
            }
            match self.property(shape, name, &scope.shifted(ordinal)) {
                Some(value) => {
                    form.insert(name.to_owned(), value);
                }
                None if shape.requires(name) => return None,
                None => {}
            }
        }
        Some(Value::Object(form))
    }

    fn property(&self, shape: &Shape, name: &str, scope: &Scope<'a>) -> Option<Value> {
        let schema =
            shape.property(name).or_else(|| shape.get("additionalProperties")).unwrap_or(&Value::Bool(true));
        let inside = scope.enter(name);
        let forced =
            || (scope.forced && shape.requires(name)).then(|| self.part(schema, &inside.forced())).flatten();
        self.part(schema, &inside).or_else(forced)
    }
}

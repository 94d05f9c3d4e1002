//! Objects that are known by their properties: claims, their evidence, interview questions, and verdicts on answers.

use serde_json::{Map, Value};

use super::super::{
    claims::{Group, groups},
    grading,
    passages::Passage,
    phrases,
    pictures::Looked,
    questions, scalars,
    schema::{CLAIM_TEXTS, Shape},
    scope::Scope,
    sentences,
};
use super::{Filler, LIST_LENGTH};

/// The list among the facts of questions that shall not be asked again.
const AVOID: &str = "avoid";

impl<'a> Filler<'a> {
    /// A claim: its evidence first, then its count and its text, which rest on it.
    pub(super) fn claim(&self, shape: &Shape, list: &str, scope: &Scope<'a>) -> Option<Value> {
        let group = scope.group.clone().or_else(|| Self::own_group(scope));
        let group = group.or_else(|| scope.forced.then(Group::default))?;
        let inside = scope.claiming(&group);
        let Some(evidence) = self.property(shape, list, &inside) else {
            let spared = scope.forced && !shape.requires(list);
            return if spared { self.properties(shape, &inside, Map::new()) } else { None };
        };
        let count = evidence.as_array().map_or(0, Vec::len);
        let mut form = Map::from_iter([(list.to_owned(), evidence)]);
        if self
            .open_property(shape, "count", "integer")
            .is_some_and(|count_shape| count_shape.bounds_allow(count))
        {
            form.insert("count".to_owned(), count.into());
        }
        let named =
            CLAIM_TEXTS.iter().find_map(|name| Some((*name, self.open_property(shape, name, "string")?)));
        if let Some(((name, bounds), passage)) = named.zip(group.passages.first()) {
            let topic = group.topic.as_deref().filter(|_| count > 1);
            let claim = match name {
                "claim" => phrases::claim(self.material.language, scope.list, topic, count, passage.text),
                // Not a remark on what others say but the statement itself.
                _ => passage.text.to_owned(),
            };
            form.insert(name.to_owned(), scalars::text(&bounds, &claim).into());
        }
        self.properties(shape, &inside, form)
    }

    /// One scope for each question that can be asked, at most `most`: its sentences begin with the one that is asked
    /// about, and its position tells what is asked of it.
    ///
    /// Where no sentence says something, any is asked about: in a resume, unlike in a review, what sounds like an order
    /// may be the work itself (`LLM 프롬프트를 다듬었습니다.`).
    pub(super) fn question_scopes(&self, scope: &Scope<'a>, most: usize) -> Vec<Scope<'a>> {
        let everything = || self.all.iter().collect();
        let passages = if scope.passages.is_empty() { everything() } else { scope.passages.clone() };
        let texts: Vec<&str> = passages.iter().map(|passage| passage.text).collect();
        let choices = questions::choices(self.material.language, &texts, &self.material.texts(AVOID));
        let scope_of = |choice: &questions::Choice| {
            let mut passages = passages.clone();
            passages.rotate_left(choice.sentence);
            scope.item(choice.asked, passages)
        };
        choices.iter().take(most).map(scope_of).collect()
    }

    /// An interview question: on the scope's first sentence, answered with it and the one behind it.
    pub(super) fn question(&self, shape: &Shape, scope: &Scope<'a>) -> Option<Value> {
        let Some(passage) = scope.passages.first() else {
            return if scope.forced { self.properties(shape, scope, Map::new()) } else { None };
        };
        let language = self.material.language;
        let told: Vec<&Passage<'_>> = scope.passages.iter().copied().take(2).collect();
        let text = |name: &str, text: &str| {
            let bounds = self.open_property(shape, name, "string")?;
            Some((name.to_owned(), Value::from(scalars::text(&bounds, text))))
        };
        let bounds = self.open_property(shape, "about", "string")?;
        let about = sentences::cut(passage.text, bounds.size("maxLength").unwrap_or(usize::MAX));
        let form = Map::from_iter([
            text("question", &questions::question(language, scope.position, passage.text))?,
            text("answer", &phrases::summary(language, &told))?,
            ("about".to_owned(), about.into()),
        ]);
        scalars::text_fits(&bounds, about).then(|| self.properties(shape, scope, form)).flatten()
    }

    /// A verdict on the answer, by the criterion that the property around it names.
    pub(super) fn verdict(&self, shape: &Shape, scope: &Scope<'a>) -> Option<Value> {
        let Some((question, answer)) = grading::exchange(self.material) else {
            return if scope.forced { self.properties(shape, scope, Map::new()) } else { None };
        };
        let verdict = grading::verdict(&scope.name, question, answer);
        let mut form = Map::new();
        if self.open_property(shape, "met", "boolean").is_some() {
            form.insert("met".to_owned(), verdict.met.into());
        }
        if let Some(bounds) = self.open_property(shape, "quote", "string") {
            let quote = sentences::cut(verdict.quote, bounds.size("maxLength").unwrap_or(usize::MAX));
            if scalars::text_fits(&bounds, quote) {
                form.insert("quote".to_owned(), quote.into());
            }
        }
        self.properties(shape, scope, form)
    }

    /// What a picture shows, by what arithmetic tells of it.
    pub(super) fn sight(&self, looked: Looked, shape: &Shape, scope: &Scope<'a>) -> Option<Value> {
        let language = self.material.language;
        let text = |name: &str, text: String| {
            let bounds = self.open_property(shape, name, "string")?;
            Some((name.to_owned(), Value::from(scalars::text(&bounds, &text))))
        };
        let shows = self.open_property(shape, "shows", "boolean");
        let shows = shows.map(|_| ("shows".to_owned(), Value::from(looked.shows())));
        let said = [shows, text("reason", looked.reason(language)), text("what", looked.what(language))];
        self.properties(shape, scope, said.into_iter().flatten().collect())
    }

    /// The sentences of a claim that stands in no list: those behind what a list beside it takes, other ones for
    /// each property of the same object.
    fn own_group(scope: &Scope<'a>) -> Option<Group<'a>> {
        let place = LIST_LENGTH + scope.ordinal();
        let mut found = groups(scope.list, &scope.passages, place + 1);
        let place = place.checked_rem(found.len())?;
        Some(found.swap_remove(place))
    }

    /// The shape of a property that takes any value of the type `wanted`.
    fn open_property(&self, shape: &Shape, name: &str, wanted: &str) -> Option<Shape> {
        let property = Shape::resolve(self.root, shape.property(name)?, &shape.refs)?;
        property.is_open(wanted).then_some(property)
    }

    /// An evidence object: a sentence just as it stands in its source.
    pub(super) fn evidence(&self, shape: &Shape, scope: &Scope<'a>) -> Option<Value> {
        let passage = scope.passage()?;
        let quote_shape = Shape::resolve(self.root, shape.property("quote")?, &scope.refs)?;
        let quote = sentences::cut(passage.text, quote_shape.size("maxLength").unwrap_or(usize::MAX));
        let kind_shape = Shape::resolve(self.root, shape.property("kind")?, &scope.refs)?;
        let kind = Value::from(passage.source.kind());
        let refused = |options: &Value| options.as_array().is_some_and(|options| !options.contains(&kind));
        if kind_shape.get("enum").is_some_and(refused)
            || kind_shape.get("const").is_some_and(|only| *only != kind)
        {
            return None;
        }
        let id = passage.source.id()?;
        let form = [("kind", kind), ("id", id.into()), ("quote", quote.into())];
        let form = form.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        scalars::text_fits(&quote_shape, quote).then(|| self.properties(shape, scope, form)).flatten()
    }
}

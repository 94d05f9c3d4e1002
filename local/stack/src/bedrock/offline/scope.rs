//! Where in a form the filling stands, and which sentences are meant there.

use super::{claims::Group, lists::List, passages::Passage};

/// Property names that speak of one kind of source, and that kind.
const KINDS: [(&str, &str); 3] = [("review", "review"), ("qna", "question"), ("question", "question")];

/// The surroundings of one part of a form. Going inwards makes a new scope.
#[derive(Debug, Clone)]
pub(super) struct Scope<'a> {
    /// Name of the property, or the empty string at the root.
    pub name: String,
    /// The list that the part stands in.
    pub list: List,
    /// The sentences meant here.
    pub passages: Vec<&'a Passage<'a>>,
    /// The sentences of the claim to be made.
    pub group: Option<Group<'a>>,
    /// Whether `passages` are those of one claim.
    pub claimed: bool,
    /// Place in the innermost list; 0 outside of any.
    pub position: usize,
    /// Whether the part itself is a list's item.
    pub in_list: bool,
    /// Whether something must stand here, even when there is nothing.
    pub forced: bool,
    /// The schema references that the part stands in.
    pub refs: Vec<String>,
    /// How far to look beyond `position`, so that the texts of one object differ.
    shift: usize,
}

impl<'a> Scope<'a> {
    /// The root: all sentences.
    pub(super) fn new(passages: Vec<&'a Passage<'a>>) -> Self {
        Self {
            name: String::new(),
            list: List::Other,
            passages,
            group: None,
            claimed: false,
            position: 0,
            in_list: false,
            forced: false,
            refs: vec!["#".to_owned()],
            shift: 0,
        }
    }

    /// Inside the property `name`, whose name may tell a list or a kind of source.
    pub(super) fn enter(&self, name: &str) -> Self {
        let mut inside = self.clone();
        inside.name = name.to_owned();
        inside.in_list = false;
        inside.forced = false;
        inside.list = List::named(name).unwrap_or(self.list);
        let lower = name.to_lowercase();
        if let Some((_, kind)) = KINDS.iter().find(|(hint, _)| lower.contains(hint)) {
            inside.keep_kind(kind);
        }
        inside
    }

    /// Keeps the sentences of one kind of source, unless the sources are of quite other kinds, where the name
    /// means something else.
    fn keep_kind(&mut self, kind: &str) {
        if self.passages.iter().all(|passage| KINDS.iter().any(|(_, known)| passage.source.kind() == *known))
        {
            self.passages.retain(|passage| passage.source.kind() == kind);
        }
    }

    /// The item of a list at `position`, with the sentences that the list is made of.
    pub(super) fn item(&self, position: usize, passages: Vec<&'a Passage<'a>>) -> Self {
        Self { position, passages, in_list: true, forced: false, ..self.clone() }
    }

    /// The item of a list of claims that is about `group`.
    pub(super) fn about(&self, group: Group<'a>) -> Self {
        Self { group: Some(group), in_list: true, forced: false, ..self.clone() }
    }

    /// Inside a claim, where only its own sentences are meant.
    pub(super) fn claiming(&self, group: &Group<'a>) -> Self {
        Self { passages: group.passages.clone(), claimed: true, group: None, position: 0, ..self.clone() }
    }

    /// The same place, but something must stand there.
    pub(super) fn forced(&self) -> Self {
        Self { forced: true, ..self.clone() }
    }

    /// The same place, `ordinal` properties further on.
    pub(super) fn shifted(&self, ordinal: usize) -> Self {
        Self { shift: ordinal, ..self.clone() }
    }

    /// Which property of its object this is.
    pub(super) fn ordinal(&self) -> usize {
        self.shift
    }

    /// The same place, behind schema references.
    pub(super) fn through(&self, refs: &[String]) -> Self {
        Self { refs: refs.to_vec(), ..self.clone() }
    }

    /// The sentence for this place: a list takes them in turn and ends with them, other places go round.
    pub(super) fn passage(&self) -> Option<&'a Passage<'a>> {
        let place = if self.in_list {
            self.position
        } else {
            (self.position + self.shift).checked_rem(self.passages.len())?
        };
        self.passages.get(place).copied()
    }
}

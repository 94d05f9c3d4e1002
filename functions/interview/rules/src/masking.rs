//! Personal data that no model gets to see: telephone numbers, e-mail addresses, resident registration numbers.
//!
//! Each stands in the prompt as a placeholder, `[전화번호 1]`, and what the model writes gets the original back
//! where it repeats the placeholder whole. What is found too much is found at no cost, because it comes back; so in
//! doubt a number is hidden, and where two may overlap, both are. Not hidden are numbers of whole companies
//! (`1588-1234`), which look like years; numbers that are spelled in letters, without their leading zero, or cut
//! where no number is; mobile numbers that a text breaks other than behind a sign, and other numbers that it breaks
//! at all; digits without a break in a name (`SN01012345678`) or a decimal (`0.01012345678`); addresses with
//! letters outside ASCII before the `@`.

mod email;
mod found;
mod groups;
mod phone;
mod resident;
mod seen;
mod word;

use std::collections::BTreeMap;
use std::fmt;

use maru_document::Language;

use self::found::{Kind, find};

/// What was hidden in some texts, to be put back.
#[derive(Clone, PartialEq, Eq)]
pub struct Masks {
    language: Language,
    /// By what was hidden, as it stood there.
    placeholders: BTreeMap<String, String>,
}

impl Masks {
    /// The masks of `texts`, which share them: a number that stands in two of them has one placeholder. The
    /// placeholders are in `language`, and none of them stands in the texts already.
    #[must_use]
    pub fn of(texts: &[&str], language: Language) -> Self {
        let mut placeholders = BTreeMap::new();
        let mut numbers: BTreeMap<Kind, usize> = BTreeMap::new();
        for (kind, original) in texts.iter().flat_map(|text| originals(text)) {
            if placeholders.contains_key(original) {
                continue;
            }
            let number = numbers.entry(kind).or_default();
            let placeholder = loop {
                *number += 1;
                let placeholder = format!("[{} {number}]", label(kind, language));
                if !texts.iter().any(|text| text.contains(&placeholder)) {
                    break placeholder;
                }
            };
            placeholders.insert(original.to_owned(), placeholder);
        }
        Self { language, placeholders }
    }

    /// One of the texts with its personal data hidden. In another text, what these masks do not know is hidden
    /// as well, and cannot be put back.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let mut hidden = String::with_capacity(text.len());
        let mut shown = 0;
        for (kind, at) in find(text) {
            hidden.push_str(text.get(shown..at.start).unwrap_or_default());
            match text.get(at.clone()).and_then(|original| self.placeholders.get(original)) {
                Some(placeholder) => hidden.push_str(placeholder),
                None => hidden.push_str(&format!("[{}]", label(kind, self.language))),
            }
            shown = at.end;
        }
        hidden.push_str(text.get(shown..).unwrap_or_default());
        hidden
    }

    /// What a model wrote, with the originals in place of the placeholders. A placeholder that is changed or
    /// cut short stays as it is.
    #[must_use]
    pub fn restore(&self, written: &str) -> String {
        let mut restored = String::with_capacity(written.len());
        let mut rest = written;
        // One pass: what an original holds is not looked at again.
        while let Some((before, from)) = rest.find('[').map(|at| rest.split_at(at)) {
            restored.push_str(before);
            let known =
                self.placeholders.iter().find(|(_, placeholder)| from.starts_with(placeholder.as_str()));
            let (length, text) =
                known.map_or((1, "["), |(original, hidden)| (hidden.len(), original.as_str()));
            restored.push_str(text);
            rest = from.get(length..).unwrap_or_default();
        }
        restored.push_str(rest);
        restored
    }
}

/// Without the originals: what is hidden from the model is not for the log either.
impl fmt::Debug for Masks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.placeholders.values()).finish()
    }
}

fn originals(text: &str) -> impl Iterator<Item = (Kind, &str)> {
    find(text).into_iter().filter_map(|(kind, at)| Some((kind, text.get(at)?)))
}

const fn label(kind: Kind, language: Language) -> &'static str {
    match (kind, language) {
        (Kind::Phone, Language::Ko) => "전화번호",
        (Kind::Phone, Language::En) => "phone number",
        (Kind::Email, Language::Ko) => "이메일",
        (Kind::Email, Language::En) => "e-mail address",
        (Kind::Resident, Language::Ko) => "주민등록번호",
        (Kind::Resident, Language::En) => "resident number",
    }
}

#[cfg(test)]
mod tests;

//! The sentences of all sources, each with what its words tell about it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    material::{Material, Source},
    sentences, words,
};

/// One sentence of one source.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    pub source: &'a Source,
    /// The source's place among all sources.
    pub source_number: usize,
    /// The sentence, a byte-exact slice of the source's text.
    pub text: &'a str,
    pub mood: words::Mood,
    pub topics: BTreeSet<String>,
}

impl<'a> Passage<'a> {
    /// All passages that say something, in the order of the text.
    pub(super) fn of(material: &'a Material) -> Vec<Self> {
        Self::all(material).into_iter().filter(Self::says_something).collect()
    }

    /// All passages, also those that say nothing.
    pub(super) fn all(material: &'a Material) -> Vec<Self> {
        let numbered = material.sources.iter().enumerate();
        numbered
            .flat_map(|(source_number, source)| {
                sentences::split(&source.text).into_iter().map(move |text| Self {
                    source,
                    source_number,
                    text,
                    mood: words::mood(text),
                    topics: words::topics(text),
                })
            })
            .collect()
    }

    /// Whether it says something, rather than nothing, or orders.
    pub(super) fn says_something(&self) -> bool {
        words::says_something(self.text)
    }
}

/// At most `count` sentences that tell most about all of them, one from a source, in the order of the text: each
/// next one is that whose words, as far as no earlier one has them, are shared by most sources.
pub(super) fn telling<'a>(
    passages: impl IntoIterator<Item = &'a Passage<'a>>,
    count: usize,
) -> Vec<&'a Passage<'a>> {
    let mut left: Vec<(usize, &'a Passage<'a>)> = passages.into_iter().enumerate().collect();
    let mut shared = sources_by_topic(&left);
    let mut chosen: Vec<(usize, &'a Passage<'a>)> = Vec::new();
    while chosen.len() < count {
        let weight = |passage: &Passage<'_>| -> usize {
            let sources = passage.topics.iter().filter_map(|topic| shared.get(topic.as_str()));
            sources.map(|sources| sources.len() - 1).sum()
        };
        let best = left.iter().min_by_key(|(place, passage)| (std::cmp::Reverse(weight(passage)), *place));
        let Some(&(place, passage)) = best else { break };
        left.retain(|(_, other)| other.source_number != passage.source_number);
        shared.retain(|topic, _| !passage.topics.contains(*topic));
        chosen.push((place, passage));
    }
    chosen.sort_by_key(|(place, _)| *place);
    chosen.into_iter().map(|(_, passage)| passage).collect()
}

fn sources_by_topic<'a>(passages: &[(usize, &'a Passage<'a>)]) -> BTreeMap<&'a str, BTreeSet<usize>> {
    let mut shared: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (_, passage) in passages {
        for topic in &passage.topics {
            shared.entry(topic).or_default().insert(passage.source_number);
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, count: usize) -> Vec<String> {
        let material = Material::read([text].into_iter());
        let passages = Passage::of(&material);
        telling(&passages, count).into_iter().map(|passage| passage.text.to_owned()).collect()
    }

    #[test]
    fn what_most_sources_speak_of_is_most_telling() {
        let text = "<source id=\"1\">날씨가 맑다. 예제가 풍부하다.</source><source id=\"2\">커피가 쓰다.</source>\
                    <source id=\"3\">예제를 더 보고 싶다.</source>";
        assert_eq!(told(text, 1), ["예제가 풍부하다."]);
    }

    #[test]
    fn what_was_told_is_not_told_again() {
        let text = "<source id=\"1\">예제가 풍부하다.</source><source id=\"2\">예제가 많다.</source>\
                    <source id=\"3\">소리가 작다.</source><source id=\"4\">소리가 깨진다.</source>";
        assert_eq!(told(text, 2), ["예제가 풍부하다.", "소리가 작다."]);
    }
}

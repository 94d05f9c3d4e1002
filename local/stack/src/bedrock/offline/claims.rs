//! Claims: sentences of several sources that speak of the same thing, gathered.

use std::collections::{BTreeMap, BTreeSet};

use super::{lists::List, passages::Passage};

/// Sentences for one claim, each from another source.
#[derive(Debug, Clone, Default)]
pub(super) struct Group<'a> {
    /// The word they share; `None` for a sentence that stands alone.
    pub topic: Option<String>,
    pub passages: Vec<&'a Passage<'a>>,
}

/// At most `limit` groups of the sentences that belong into `list`: first those on topics that several sources
/// share, the most shared first, then single ones, the best fitting first, those about nothing last. Deterministic.
pub(super) fn groups<'a>(list: List, passages: &[&'a Passage<'a>], limit: usize) -> Vec<Group<'a>> {
    let quotable = passages.iter().copied().filter(|passage| passage.source.id().is_some());
    let mut left: Vec<_> = quotable.filter_map(|passage| Some((list.fit(passage)?, passage))).collect();
    let mut groups = Vec::new();
    while groups.len() < limit {
        let Some((topic, members)) = most_shared(&left) else { break };
        left.retain(|(_, passage)| !passage.topics.contains(&topic));
        groups.push(Group { topic: Some(topic), passages: members });
    }
    left.retain(|(fit, _)| *fit > 0);
    left.sort_by_key(|(fit, passage)| (passage.topics.is_empty(), std::cmp::Reverse(*fit)));
    let mut sources = BTreeSet::new();
    let singles = left.into_iter().filter(|(_, passage)| sources.insert(passage.source_number));
    let room = limit.saturating_sub(groups.len());
    groups.extend(singles.take(room).map(|(_, passage)| Group { topic: None, passages: vec![passage] }));
    groups
}

/// The word that most sources share, at least two, with one sentence of each. Sentences that fit by themselves weigh
/// first, then all; of equals the first in the alphabet.
fn most_shared<'a>(candidates: &[(u8, &'a Passage<'a>)]) -> Option<(String, Vec<&'a Passage<'a>>)> {
    let mut by_topic: BTreeMap<&str, BTreeMap<usize, (u8, &'a Passage<'a>)>> = BTreeMap::new();
    for &(fit, passage) in candidates {
        for topic in &passage.topics {
            by_topic.entry(topic).or_default().entry(passage.source_number).or_insert((fit, passage));
        }
    }
    let shared = by_topic.into_iter().filter(|(_, members)| members.len() > 1);
    let (topic, members) = shared.min_by_key(|(_, members)| {
        let fitting = members.values().filter(|(fit, _)| *fit > 0).count();
        std::cmp::Reverse((fitting, members.len()))
    })?;
    Some((topic.to_owned(), members.into_values().map(|(_, passage)| passage).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::offline::material::Material;

    #[test]
    fn shared_topics_come_first_and_each_source_once() {
        let material = Material::read(
            ["<source kind=\"review\" id=\"a\" rating=\"5\">목소리가 좋아요. 예제가 좋아요. 예제가 최고예요.</source>\
              <source kind=\"review\" id=\"b\" rating=\"5\">예제가 풍부합니다.</source>\
              <source kind=\"review\" rating=\"5\">예제가 이름 없는 글에도 있습니다.</source>"]
            .into_iter(),
        );
        let passages = Passage::of(&material);
        let groups = groups(List::Strengths, &passages.iter().collect::<Vec<_>>(), 3);
        let told: Vec<(Option<&str>, Vec<&str>)> = groups
            .iter()
            .map(|group| {
                (group.topic.as_deref(), group.passages.iter().map(|passage| passage.text).collect())
            })
            .collect();
        assert_eq!(
            told,
            [(Some("예제"), vec!["예제가 좋아요.", "예제가 풍부합니다."]), (None, vec!["목소리가 좋아요."])]
        );
    }

    #[test]
    fn a_lone_question_is_no_weakness_but_a_shared_one_is() {
        let weaknesses = |second: &str| {
            let text = format!(
                "<source kind=\"question\" id=\"a\">트랜잭션은 언제 끝나나요?</source>\
                 <source kind=\"question\" id=\"b\">{second}</source>"
            );
            let material = Material::read([text.as_str()].into_iter());
            let passages = Passage::of(&material);
            groups(List::Weaknesses, &passages.iter().collect::<Vec<_>>(), 3).len()
        };
        assert_eq!(weaknesses("과제는 어디에 내나요?"), 0);
        assert_eq!(weaknesses("트랜잭션을 왜 쓰나요?"), 1);
    }
}

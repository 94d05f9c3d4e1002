//! Verdicts on the answer to an interview question, each by a rule of thumb, with a sentence of the answer.
//!
//! | criterion | is met if |
//! |---|---|
//! | `relevance` | a word that the question is about stands in the answer |
//! | `structure` | the answer has at least two sentences |
//! | `correctness` | a sentence names a figure, something like a technology, or a cause |
//! | `tone` | all Korean sentences end politely, and none laughs, shouts or uses slang |
//! | any other | never: there is no rule for it |
//!
//! No rule understands the answer, and whether something is *right* no rule can judge at all: that of correctness only
//! tells that the answer commits itself to something that could be checked. A wrong figure meets it.
//!
//! The quote is the first sentence that decided: that has the word, follows another, names the figure, is out of tone.
//! If none did, it is the first of all, or for a tone that is met the last.

use std::collections::BTreeSet;

use super::{material::Material, sentences, words};

/// The most characters of a quote.
const QUOTED: usize = 300;
/// Fewest letters and digits of a sentence that is quoted rather than another: `네.` and `No.` show nothing.
const QUOTED_LETTERS: usize = 4;
/// Fewest words of a sentence in capitals that is shouted, rather than a row of abbreviations.
const FEWEST_SHOUTED: usize = 3;

/// Words that questions ask with, which an answer may have to any of them.
const ASKING: &str = "이유|까닭|경험|설명|과정|사례|무엇인지|본인|지원자|tell|describe|explain|did|does|was|were|who|time|\
    example|experience|been|want";
/// Words of a cause.
const CAUSES: &str = "때문|덕분|그래서|따라서|왜냐|므로|because|therefore|due to|so that|in order to";
/// Ends of polite Korean sentences.
const POLITE: &str = "니다|요|죠|니까|시오";
/// Words that one does not use in an interview.
const SLANG: &str = "lol|lmao|omg|wtf|idk|gonna|wanna|gotta|dunno|kinda|bro|dude|yeah|nope|sucks|crap|damn|shit|fuck|\
    fucking|thx|짱|대박|존나|졸라";

/// Whether the answer meets a criterion, and words of it that go with the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict<'a> {
    pub met: bool,
    /// A slice of the answer, at most [`QUOTED`] characters.
    pub quote: &'a str,
}

/// The question, from a source of that kind or else the facts, and its answer: the source of that kind, or else the
/// first one that is no question. `None` without an answer that says something.
pub(super) fn exchange(material: &Material) -> Option<(&str, &str)> {
    let of_kind = |kind: &str| material.sources.iter().find(|source| source.kind() == kind);
    let fact = || material.fact("question").and_then(serde_json::Value::as_str);
    let question = of_kind("question").map(|source| source.text.as_str()).or_else(fact);
    let other = || material.sources.iter().find(|source| source.kind() != "question");
    let answer = of_kind("answer").or_else(other).filter(|source| !source.text.trim().is_empty())?;
    Some((question.unwrap_or_default(), answer.text.as_str()))
}

/// The verdict on `answer` to `question` by the criterion of this name.
pub(super) fn verdict<'a>(criterion: &str, question: &str, answer: &'a str) -> Verdict<'a> {
    let all = sentences::whole(answer);
    let those = |is: &dyn Fn(&str) -> bool| -> Vec<&'a str> {
        all.iter().copied().filter(|sentence| is(sentence)).collect()
    };
    let out_of_tone = those(&is_out_of_tone);
    let deciding = match criterion {
        "relevance" => {
            let about = topics(question);
            those(&|sentence| is_about(sentence, &about))
        }
        "structure" => all.iter().skip(1).copied().collect(),
        "correctness" => those(&commits_itself),
        "tone" if out_of_tone.is_empty() => all.iter().rev().copied().collect(),
        _ => Vec::new(),
    };
    let against = if criterion == "tone" { out_of_tone } else { Vec::new() };
    let quotable =
        |sentence: &&&str| sentence.chars().filter(|c| c.is_alphanumeric()).count() >= QUOTED_LETTERS;
    let quote = deciding.iter().chain(&against).chain(&all).find(quotable).copied().unwrap_or(answer.trim());
    Verdict { met: !deciding.is_empty(), quote: sentences::cut(quote, QUOTED) }
}

fn topics(text: &str) -> BTreeSet<String> {
    let mut topics = words::topics(text);
    topics.retain(|topic| !ASKING.split('|').any(|word| word == topic));
    topics
}

/// Whether a sentence has a word of `about`, as it is or as the beginning of a longer one, one way or the other.
fn is_about(sentence: &str, about: &BTreeSet<String>) -> bool {
    let is_same = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one);
    topics(sentence).iter().any(|topic| about.iter().any(|asked| is_same(topic, asked)))
}

/// Whether a sentence says something that could be checked.
fn commits_itself(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let gives_cause = CAUSES.split('|').any(|cause| lower.contains(cause));
    gives_cause || sentence.contains(|c: char| c.is_ascii_digit()) || names_technology(sentence)
}

/// Whether a sentence has a word like a technology's: in a Korean one any of two Latin letters or more, in another
/// one with a capital within the word or within the sentence.
fn names_technology(sentence: &str) -> bool {
    let is_korean = sentence.contains(is_hangul);
    let is_capital = |c: char| c.is_ascii_uppercase();
    let is_named = |(place, word): (usize, &str)| {
        let capital = word.chars().skip(usize::from(place == 0)).any(is_capital);
        word.len() > 1 && (is_korean || capital)
    };
    !is_shouted(sentence) && latin_words(sentence).enumerate().any(is_named)
}

fn is_out_of_tone(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let is_slang = words.any(|word| SLANG.split('|').any(|slang| slang == word));
    // Lone Korean letters stand for laughter and tears.
    let laughs = sentence.contains(|c: char| ('\u{3131}'..='\u{318e}').contains(&c));
    is_slang || laughs || is_shouted(sentence) || (sentence.contains(is_hangul) && !is_polite(sentence))
}

/// Whether a Korean sentence ends politely; what stands in brackets behind the end does not count.
fn is_polite(sentence: &str) -> bool {
    let end = sentence.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let before = end.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    let bare = before.map_or(end, |(before, _)| before).trim_end_matches(|c: char| !c.is_alphanumeric());
    POLITE.split('|').any(|polite| bare.ends_with(polite))
}

fn is_shouted(sentence: &str) -> bool {
    let has_small = sentence.contains(|c: char| c.is_lowercase() || is_hangul(c));
    !has_small && latin_words(sentence).filter(|word| word.len() > 1).count() >= FEWEST_SHOUTED
}

fn latin_words(sentence: &str) -> impl Iterator<Item = &str> {
    let words = sentence.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.contains(|c: char| c.is_ascii_alphabetic()))
}

fn is_hangul(character: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&character)
}

#[cfg(test)]
mod tests;

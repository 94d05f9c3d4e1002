//! Evidence is collected by code and cannot be written by hand.
//!
//! When somebody replaces a document, a statement keeps the evidence that its very text had before, and a skill
//! that of its name; a text that they wrote or changed has none. So whoever reads evidence can trust that it
//! belongs to what it stands beside.

use std::collections::HashMap;

use maru_document::{Document, Evidence};

/// `written` with the evidence that `before` has for the same texts, and no other.
#[must_use]
pub fn keep_proved(before: &Document, mut written: Document) -> Document {
    let mut statements: HashMap<&str, Vec<&Evidence>> = HashMap::new();
    for statement in before.statements() {
        statements.entry(&statement.text).or_default().extend(&statement.evidence);
    }
    for statement in written.statements_mut() {
        let proved = statements.get(statement.text.as_str());
        statement.evidence.retain(|evidence| proved.is_some_and(|proved| proved.contains(&evidence)));
    }
    for skill in &mut written.skills {
        let proved = before.skills.iter().find(|proved| proved.name == skill.name);
        skill.evidence.retain(|evidence| proved.is_some_and(|proved| proved.evidence.contains(evidence)));
    }
    written
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn evidence(reference: &str) -> Value {
        json!([{ "kind": "commit", "ref": reference, "url": format!("https://github.com/a/b/commit/{reference}") }])
    }

    fn document(statement: &str, proof: &Value, skill: &str) -> Document {
        let document = json!({
            "basics": { "name": "김" }, "position": "AI", "language": "ko", "template": "basic",
            "summary": [{ "text": statement, "evidence": proof }],
            "skills": [{ "name": skill, "evidence": proof }],
        });
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn what_stays_as_it_was_keeps_its_evidence() {
        let before = document("만들었다.", &evidence("1"), "Rust");
        assert_eq!(keep_proved(&before, before.clone()), before);
        // Also in another place.
        let mut moved = before.clone();
        moved.summary.insert(0, serde_json::from_value(json!({ "text": "새 문장" })).unwrap());
        assert_eq!(keep_proved(&before, moved.clone()), moved);
    }

    #[test]
    fn what_was_written_by_hand_has_none() {
        let before = document("만들었다.", &evidence("1"), "Rust");
        for (statement, skill) in [("혼자 만들었다.", "Rust"), ("만들었다.", "Go")] {
            let kept = keep_proved(&before, document(statement, &evidence("1"), skill));
            assert_eq!(kept.summary[0].evidence.is_empty(), statement != "만들었다.");
            assert_eq!(kept.skills[0].evidence.is_empty(), skill != "Rust");
        }
    }

    #[test]
    fn evidence_that_was_never_collected_is_dropped() {
        let before = document("만들었다.", &evidence("1"), "Rust");
        let kept = keep_proved(&before, document("만들었다.", &evidence("2"), "Rust"));
        assert!(kept.summary[0].evidence.is_empty() && kept.skills[0].evidence.is_empty());
        let fewer = keep_proved(&before, document("만들었다.", &json!([]), "Rust"));
        assert!(fewer.summary[0].evidence.is_empty());
    }
}

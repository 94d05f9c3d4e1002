//! What of a model's answer stands.

use std::collections::HashSet;

use maru_document::{Project, Star, Statement, Troubleshooting};
use serde::{Deserialize, Serialize};

use super::answer::{
    BasicProject, StarProject, Stated, StatedStar, StatedSummary, StatedTroubleshooting,
    TroubleshootingProject,
};
use crate::evidence::{Dropped, Grounds, Reason, Slot};

/// A project with those statements of a model that stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenProject {
    /// The project.
    pub project: Project,
    /// What does not stand.
    pub dropped: Dropped,
}

/// The summary's statements that stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SummaryText {
    /// The statements.
    pub statements: Vec<Statement>,
    /// What does not stand.
    pub dropped: Dropped,
}

/// Decides statement by statement; remembers what was said before, and counts what is dropped.
pub(super) struct Judge<'a> {
    grounds: &'a Grounds<'a>,
    said: HashSet<String>,
    dropped: Dropped,
}

impl<'a> Judge<'a> {
    pub(super) fn new(grounds: &'a Grounds<'a>) -> Self {
        Self { grounds, said: HashSet::new(), dropped: Dropped::default() }
    }

    /// `project` with what stands of `answer`.
    pub(super) fn basic(mut self, project: Project, answer: BasicProject) -> WrittenProject {
        let roles = self.list(answer.roles, Slot::Deed);
        WrittenProject { project: Project { roles, ..project }, dropped: self.dropped }
    }

    /// `project` with what stands of `answer`.
    pub(super) fn star(mut self, project: Project, answer: StarProject) -> WrittenProject {
        let star = answer.star.and_then(|star| self.star_story(star));
        let roles = self.list(answer.roles, Slot::Deed);
        WrittenProject { project: Project { roles, star, ..project }, dropped: self.dropped }
    }

    /// `project` with what stands of `answer`.
    pub(super) fn troubleshooting(
        mut self,
        project: Project,
        answer: TroubleshootingProject,
    ) -> WrittenProject {
        let troubleshooting = answer.troubleshooting.and_then(|story| self.troubleshooting_story(story));
        let roles = self.list(answer.roles, Slot::Deed);
        WrittenProject { project: Project { roles, troubleshooting, ..project }, dropped: self.dropped }
    }

    /// What stands of the summary.
    pub(super) fn summary(mut self, answer: StatedSummary) -> SummaryText {
        let statements = self.list(answer.statements, Slot::Context);
        SummaryText { statements, dropped: self.dropped }
    }

    fn list(&mut self, stated: Vec<Stated>, slot: Slot) -> Vec<Statement> {
        stated.into_iter().filter_map(|stated| self.statement(stated, slot)).collect()
    }

    fn statement(&mut self, stated: Stated, slot: Slot) -> Option<Statement> {
        let checked = self.grounds.check(&stated.into(), slot).and_then(|statement| {
            let words: String = statement.text.to_lowercase().split_whitespace().collect();
            if self.said.insert(words) { Ok(statement) } else { Err(Reason::Repeated) }
        });
        checked.map_err(|reason| self.dropped.note(reason)).ok()
    }

    fn star_story(&mut self, story: StatedStar) -> Option<Star> {
        let StatedStar { situation, task, action, result } = story;
        let parts =
            [(situation, Slot::Context), (task, Slot::Context), (action, Slot::Deed), (result, Slot::Deed)];
        let [situation, task, action, result] = self.story(parts)?;
        Some(Star { situation, task, action, result })
    }

    fn troubleshooting_story(&mut self, story: StatedTroubleshooting) -> Option<Troubleshooting> {
        let StatedTroubleshooting { problem, hypothesis, attempt, result } = story;
        let parts = [
            (problem, Slot::Context),
            (hypothesis, Slot::Context),
            (attempt, Slot::Deed),
            (result, Slot::Deed),
        ];
        let [problem, hypothesis, attempt, result] = self.story(parts)?;
        Some(Troubleshooting { problem, hypothesis, attempt, result })
    }

    /// All four parts of a story, or none: three of them would tell another one.
    fn story(&mut self, parts: [(Stated, Slot); 4]) -> Option<[Statement; 4]> {
        let parts: Vec<Option<Statement>> =
            parts.into_iter().map(|(stated, slot)| self.statement(stated, slot)).collect();
        let whole: Option<Vec<Statement>> = parts.iter().cloned().collect();
        match whole.and_then(|parts| parts.try_into().ok()) {
            Some(parts) => Some(parts),
            None => {
                for statement in parts.into_iter().flatten() {
                    // It may still be said elsewhere.
                    let words: String = statement.text.to_lowercase().split_whitespace().collect();
                    self.said.remove(&words);
                    self.dropped.note(Reason::BrokenStory);
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use maru_document::EvidenceKind;
    use serde_json::{Value, json};

    use super::*;
    use crate::facts::{Digest, Source};

    fn digest() -> Digest {
        let source = |kind, id: &str, text: &str| Source {
            kind,
            id: id.to_owned(),
            reference: id.to_owned(),
            url: format!("https://github.com/octo/pay/{id}"),
            date: None,
            text: text.to_owned(),
        };
        Digest {
            full_name: "octo/pay".to_owned(),
            name: "pay".to_owned(),
            url: "https://github.com/octo/pay".to_owned(),
            started: None,
            ended: None,
            commit_count: 2,
            pull_count: Some(0),
            languages: Vec::new(),
            declarations: Vec::new(),
            sources: vec![
                source(EvidenceKind::Commit, "c1", "retry a failed payment"),
                source(EvidenceKind::Commit, "c2", "log each refund"),
                source(EvidenceKind::Readme, "README.md#1", "Payments for small shops"),
            ],
        }
    }

    fn stated(text: &str, kind: &str, id: &str, quote: &str) -> Value {
        json!({ "text": text, "evidence": [{ "kind": kind, "id": id, "quote": quote }] })
    }

    fn retry() -> Value {
        stated("Retried failed payments", "commit", "c1", "retry a failed payment")
    }

    fn refund() -> Value {
        stated("Logged each refund", "commit", "c2", "log each refund")
    }

    fn context(text: &str) -> Value {
        stated(text, "readme", "README.md#1", "Payments for small shops")
    }

    fn star(answer: Value) -> WrittenProject {
        let digest = digest();
        let grounds = Grounds::of(&digest);
        let project = crate::generation::assembly::project(&digest);
        Judge::new(&grounds).star(project, serde_json::from_value(answer).unwrap())
    }

    #[test]
    fn bad_statements_cost_only_themselves_and_are_counted_by_reason() {
        let lie = stated("Led a team of 800", "commit", "c1", "retry a failed payment");
        let foreign = stated("Retried failed payments twice", "commit", "c9", "x");
        let text = star(json!({ "roles": [retry(), lie, foreign, refund(), retry()] }));
        let told: Vec<&str> = text.project.roles.iter().map(|statement| statement.text.as_str()).collect();
        assert_eq!(told, ["Retried failed payments", "Logged each refund"]);
        let reasons = [(Reason::UnknownSource, 1), (Reason::UnknownNumber, 1), (Reason::Repeated, 1)];
        assert_eq!((text.dropped.count, text.dropped.reasons), (3, reasons.into()));
    }

    #[test]
    fn a_story_stands_with_all_its_parts_or_not_at_all() {
        let whole = json!({
            "situation": context("Small shops took payments"), "task": context("Payments for small shops had to go on"),
            "action": retry(), "result": refund(),
        });
        assert!(star(json!({ "roles": [], "star": whole })).project.star.is_some());
        let mut broken = whole.clone();
        broken["result"] = context("Shops earned more with payments");
        let text = star(json!({ "roles": [retry()], "star": broken }));
        assert!(text.project.star.is_none());
        assert_eq!(text.project.roles.len(), 1, "what the story no longer says may be said as a role");
        assert_eq!(text.dropped.reasons, [(Reason::NotADeed, 1), (Reason::BrokenStory, 3)].into());
    }

    #[test]
    fn a_part_of_a_story_is_not_said_again_as_a_role() {
        let story = json!({
            "situation": context("Small shops took payments"), "task": context("Payments for small shops had to go on"),
            "action": retry(), "result": refund(),
        });
        let text = star(json!({ "roles": [retry()], "star": story }));
        assert!(text.project.roles.is_empty() && text.project.star.is_some());
    }
}

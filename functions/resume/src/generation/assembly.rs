//! The document out of its finished parts, and the job's result.

use std::collections::HashMap;

use maru_document::{Document, Evidence, Project, Skill};
use maru_jobs::Failure;
use serde::Serialize;

use super::person;
use super::verdict::{SummaryText, WrittenProject};
use crate::evidence::Dropped;
use crate::facts::Digest;
use crate::functions::create_resume::CreateResume;
use crate::profile::Profile;

/// The most skills of a document, and the most pieces of evidence of one skill (the bounds of a document).
const MOST_SKILLS: usize = 100;
const MOST_EVIDENCE: usize = 20;

/// Everything that a resume is made of, finished.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The repositories that were written about, in the order in which they were asked for.
    pub projects: Vec<(Digest, WrittenProject)>,
    /// Those that were not, and why.
    pub failed: Vec<(String, Failure)>,
    /// The summary.
    pub summary: SummaryText,
    /// Whether the summary was written by rule, because the model's could not stand.
    pub summary_replaced: bool,
}

/// What became of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct RepositoryResult<'a> {
    full_name: &'a str,
    /// `written` or `failed`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a Failure>,
}

/// What the job's owner is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultView<'a> {
    resume_id: &'a str,
    version: u64,
    repositories: Vec<RepositoryResult<'a>>,
    /// How many statements of the model were left out because no code could prove them, and why.
    dropped_statements: Dropped,
    summary_replaced: bool,
    model_id: &'a str,
    /// Whether an offline stand-in wrote it instead of a language model.
    offline: bool,
}

impl Finished {
    /// What the job's owner is told of the resume `resume_id` that the model `model_id` was asked for.
    pub fn result<'a>(&'a self, resume_id: &'a str, model_id: &'a str) -> ResultView<'a> {
        let mut dropped = self.summary.dropped.clone();
        self.projects.iter().for_each(|(_, written)| dropped.add(&written.dropped));
        let written = self.projects.iter().map(|(digest, _)| RepositoryResult {
            full_name: &digest.full_name,
            status: "written",
            error: None,
        });
        let failed = self.failed.iter().map(|(full_name, failure)| RepositoryResult {
            full_name,
            status: "failed",
            error: Some(failure),
        });
        ResultView {
            resume_id,
            version: 1,
            repositories: written.chain(failed).collect(),
            dropped_statements: dropped,
            summary_replaced: self.summary_replaced,
            model_id,
            offline: model_id.starts_with("offline"),
        }
    }
}

/// The document that `finished` makes for what was `asked`, of the person whose `profile` this is and who is
/// `called` so.
pub fn assemble(finished: &Finished, asked: &CreateResume, profile: &Profile, called: &str) -> Document {
    Document {
        basics: person::basics(profile, called, asked.position, asked.language),
        position: asked.position,
        language: asked.language,
        template: asked.template,
        summary: finished.summary.statements.clone(),
        work: person::work(profile),
        education: person::education(profile),
        certificates: person::certificates(profile),
        links: person::links(profile),
        skills: skills(finished.projects.iter().map(|(digest, _)| digest)),
        projects: finished.projects.iter().map(|(_, written)| written.project.clone()).collect(),
    }
}

/// The project of a repository before anything is stated of it: name, address, months and skills are facts.
pub(super) fn project(digest: &Digest) -> Project {
    Project {
        name: digest.name.clone(),
        url: Some(digest.url.clone()),
        start_date: digest.started,
        end_date: digest.ended,
        skills: digest.skills().into_iter().map(|skill| skill.name).collect(),
        roles: Vec::new(),
        star: None,
        troubleshooting: None,
    }
}

/// The skills of all repositories: those that most of them show first, each with what shows it.
fn skills<'a>(digests: impl Iterator<Item = &'a Digest>) -> Vec<Skill> {
    let mut skills: Vec<(usize, Skill)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for skill in digests.flat_map(Digest::skills) {
        let place = *places.entry(skill.name.to_lowercase()).or_insert(skills.len());
        match skills.get_mut(place) {
            Some((shown, known)) => {
                *shown += 1;
                add_evidence(&mut known.evidence, skill.evidence);
            }
            None => skills.push((1, skill)),
        }
    }
    // The order within a repository tells how much of it is written in what; it stays.
    skills.sort_by_key(|(shown, _)| std::cmp::Reverse(*shown));
    skills.into_iter().take(MOST_SKILLS).map(|(_, skill)| skill).collect()
}

fn add_evidence(known: &mut Vec<Evidence>, more: Vec<Evidence>) {
    for evidence in more {
        if known.len() < MOST_EVIDENCE && !known.contains(&evidence) {
            known.push(evidence);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::facts::{Collected, RepositoryFacts};

    fn digest(name: &str, languages: &[(&str, u64)]) -> Digest {
        Digest::of(&Collected {
            repository: RepositoryFacts {
                full_name: format!("octo/{name}"),
                name: name.to_owned(),
                url: format!("https://github.com/octo/{name}"),
                default_branch: "main".to_owned(),
            },
            languages: languages.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes)).collect(),
            ..Collected::default()
        })
    }

    fn finished() -> Finished {
        let digests = [digest("a", &[("Kotlin", 9), ("SQL", 1)]), digest("b", &[("Go", 5), ("Kotlin", 4)])];
        let written = |digest: Digest| {
            let mut dropped = Dropped::default();
            dropped.note(crate::evidence::Reason::NoQuote);
            let project = project(&digest);
            (digest, WrittenProject { project, dropped })
        };
        let failure = Failure { code: "github_not_found".to_owned(), detail: "x".to_owned() };
        Finished {
            projects: digests.map(written).to_vec(),
            failed: vec![("octo/c".to_owned(), failure)],
            summary: SummaryText::default(),
            summary_replaced: true,
        }
    }

    #[test]
    fn skills_shown_by_more_repositories_come_first_with_all_their_proof() {
        let finished = finished();
        let skills = skills(finished.projects.iter().map(|(digest, _)| digest));
        let names: Vec<&str> = skills.iter().map(|skill| skill.name.as_str()).collect();
        assert_eq!(names, ["Kotlin", "SQL", "Go"]);
        assert_eq!(skills[0].evidence.len(), 2);
    }

    #[test]
    fn a_document_of_the_finished_parts_keeps_its_bounds() {
        let asked: CreateResume =
            serde_json::from_value(json!({ "repositories": ["octo/a"], "position": "BACKEND" })).unwrap();
        let document = assemble(&finished(), &asked, &Profile::default(), "octo");
        assert!(document.to_json().is_ok());
        assert_eq!((document.projects.len(), document.basics.name.as_str()), (2, "octo"));
    }

    #[test]
    fn the_result_names_what_failed_and_counts_what_was_dropped() {
        let finished = finished();
        let result = serde_json::to_value(finished.result("res_1", "offline-extractive")).unwrap();
        assert_eq!(result["droppedStatements"], json!({ "count": 2, "reasons": { "no_quote": 2 } }));
        assert_eq!(result["repositories"][2]["error"]["code"], "github_not_found");
        assert_eq!((&result["offline"], &result["summaryReplaced"]), (&json!(true), &json!(true)));
    }
}

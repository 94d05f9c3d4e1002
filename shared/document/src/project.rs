//! Projects: what was built, and what the person did in it.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::bounds::{ADDRESS, NAME, web_address};
use crate::rules::{filled, line};
use crate::{Month, Statement};

/// One project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Project {
    /// Its name.
    #[garde(length(chars, max = NAME), custom(line), custom(filled))]
    pub name: String,
    /// Where it is.
    #[garde(length(chars, max = ADDRESS), inner(custom(web_address)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The month of the person's first commit.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Month>,
    /// The month of the person's last commit.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Month>,
    /// The technologies it was built with.
    #[garde(length(max = 50), inner(length(chars, max = NAME), custom(line), custom(filled)))]
    #[serde(default)]
    pub skills: Vec<String>,
    /// What the person did.
    #[garde(length(max = 20), dive)]
    #[serde(default)]
    pub roles: Vec<Statement>,
    /// One story of it, told as the template `star` does.
    #[garde(dive)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub star: Option<Star>,
    /// One story of it, told as the template `troubleshooting` does.
    #[garde(dive)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub troubleshooting: Option<Troubleshooting>,
}

impl Project {
    /// All its statements, in reading order.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        let star =
            self.star.iter().flat_map(|star| [&star.situation, &star.task, &star.action, &star.result]);
        let troubleshooting = self
            .troubleshooting
            .iter()
            .flat_map(|story| [&story.problem, &story.hypothesis, &story.attempt, &story.result]);
        self.roles.iter().chain(star).chain(troubleshooting)
    }

    /// All its statements, in reading order, to be changed.
    pub fn statements_mut(&mut self) -> impl Iterator<Item = &mut Statement> {
        let star = self
            .star
            .iter_mut()
            .flat_map(|star| [&mut star.situation, &mut star.task, &mut star.action, &mut star.result]);
        let troubleshooting = self.troubleshooting.iter_mut().flat_map(|story| {
            [&mut story.problem, &mut story.hypothesis, &mut story.attempt, &mut story.result]
        });
        self.roles.iter_mut().chain(star).chain(troubleshooting)
    }
}

/// A story in four parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Star {
    /// How things stood.
    #[garde(dive)]
    pub situation: Statement,
    /// What had to be done.
    #[garde(dive)]
    pub task: Statement,
    /// What the person did.
    #[garde(dive)]
    pub action: Statement,
    /// What came of it.
    #[garde(dive)]
    pub result: Statement,
}

/// A problem and how it was solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Troubleshooting {
    /// What was wrong.
    #[garde(dive)]
    pub problem: Statement,
    /// What the person took to be the cause.
    #[garde(dive)]
    pub hypothesis: Statement,
    /// What the person tried.
    #[garde(dive)]
    pub attempt: Statement,
    /// What came of it.
    #[garde(dive)]
    pub result: Statement,
}

//! What watchers of the job read meanwhile.

use maru_document::Language;

/// What is at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// A repository is read.
    Reading,
    /// A repository was read.
    Read,
    /// A project is written.
    Writing,
    /// A project was written.
    Written,
    /// A repository failed.
    Failed,
    /// The summary is written.
    Summing,
    /// The summary was written.
    Summed,
}

impl Work {
    /// The line for people; `name` is the repository's.
    pub(super) fn label(self, language: Language, name: &str) -> String {
        match (language, self) {
            (Language::Ko, Self::Reading) => format!("{name} 저장소를 살펴보고 있습니다"),
            (Language::Ko, Self::Read) => format!("{name} 저장소를 살펴보았습니다"),
            (Language::Ko, Self::Writing) => format!("{name} 프로젝트를 쓰고 있습니다"),
            (Language::Ko, Self::Written) => format!("{name} 프로젝트를 썼습니다"),
            (Language::Ko, Self::Failed) => format!("{name} 저장소는 쓸 수 없었습니다"),
            (Language::Ko, Self::Summing) => "소개를 쓰고 있습니다".to_owned(),
            (Language::Ko, Self::Summed) => "소개를 썼습니다".to_owned(),
            (Language::En, Self::Reading) => format!("Reading {name}"),
            (Language::En, Self::Read) => format!("{name} is read"),
            (Language::En, Self::Writing) => format!("Writing about {name}"),
            (Language::En, Self::Written) => format!("{name} is written"),
            (Language::En, Self::Failed) => format!("{name} could not be used"),
            (Language::En, Self::Summing) => "Writing the summary".to_owned(),
            (Language::En, Self::Summed) => "The summary is written".to_owned(),
        }
    }
}

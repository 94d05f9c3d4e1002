//! What can only be one of a few things.

use serde::{Deserialize, Serialize};

/// What a candidate applies as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Job {
    /// 백엔드 개발자
    Backend,
    /// 프론트엔드 개발자
    Frontend,
    /// 풀스택 개발자
    Fullstack,
    /// 안드로이드 개발자
    Android,
    /// iOS 개발자
    Ios,
    /// 데브옵스 엔지니어
    Devops,
    /// 데이터 엔지니어
    Data,
    /// 머신러닝 엔지니어
    MlEngineer,
    /// 프로덕트 매니저
    ProductManager,
    /// 프로젝트 매니저
    ProjectManager,
}

/// How long a candidate has worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Career {
    /// 신입
    New,
    /// 1–3년 차
    Junior,
    /// 4–7년 차
    Middle,
    /// 7년 차 이상
    Senior,
}

/// What a piece of a resume tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    /// 자기소개
    Introduction,
    /// 기술 스택
    TechStack,
    /// 경력 사항
    Career,
    /// 프로젝트 경험
    Project,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_one<T: serde::de::DeserializeOwned + Serialize>(name: &str) -> bool {
        let json = format!("\"{name}\"");
        serde_json::from_str::<T>(&json).is_ok_and(|read| serde_json::to_string(&read).unwrap() == json)
    }

    #[test]
    fn choices_are_named_as_in_the_contract() {
        let jobs =
            "BACKEND FRONTEND FULLSTACK ANDROID IOS DEVOPS DATA ML_ENGINEER PRODUCT_MANAGER PROJECT_MANAGER";
        assert!(jobs.split(' ').all(is_one::<Job>));
        assert!("NEW JUNIOR MIDDLE SENIOR".split(' ').all(is_one::<Career>));
        assert!("INTRODUCTION TECH_STACK CAREER PROJECT".split(' ').all(is_one::<Category>));
        assert!(!is_one::<Job>("Backend") && !is_one::<Career>("1~3") && !is_one::<Category>("경력사항"));
    }
}

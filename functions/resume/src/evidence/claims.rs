//! Claims about the person rather than the work: that they led, alone, above others, to prizes or to customers.
//!
//! A model likes to add them, and no manifest or count can prove them. Such a claim stands only if a commit or
//! pull request that the statement cites makes a claim of the same family.

use super::mentions::small;

/// Words of one family, parted by `|`. English words are looked for as whole words, Korean ones anywhere.
struct Family {
    english: &'static str,
    korean: &'static str,
}

const FAMILIES: [Family; 6] = [LEAD, ALONE, RANK, PRIZE, REACH, BEST];

const LEAD: Family = Family {
    english: "led|leader|leaders|leadership|leading a|leading the|lead a|lead the|team lead|tech lead|\
        technical lead|lead developer|lead engineer|project lead|team leader|spearheaded|headed|head of|\
        oversaw|overseeing|supervised|supervising|mentored|mentoring|coached|directed|managed a|\
        managed the team|managed the project|managing a|project manager|product owner|in charge of|\
        responsible for a team|coordinated a|coordinated the team|cto|ceo|founder|co-founder|cofounder|\
        architect of|chief",
    korean: "이끌|이끈|리드하|리드했|리딩|리더|팀장|조장|주도|총괄|책임자|지휘|멘토|감독|인솔|팀을 관리|팀원을|팀원들을|창업|대표로",
};

const ALONE: Family = Family {
    english: "solely|single-handedly|singlehandedly|by myself|on my own|sole developer|solo|entirely alone|\
        sole contributor|full ownership|sole owner",
    korean: "혼자|단독|전담|홀로|일인 개발|도맡",
};

const RANK: Family = Family {
    english: "senior|principal|expert|staff engineer|veteran|years of experience",
    korean: "시니어|수석|전문가|베테랑|년차|년 경력|경력 ",
};

const PRIZE: Family = Family {
    english: "award|awards|award-winning|awarded|prize|prizes|winner|patent|patented|promoted to",
    korean: "수상|우승|대상을|최우수|특허|표창|승진|1위|일등",
};

const REACH: Family = Family {
    english: "in production|production traffic|customers|revenue|sales|profit|mau|dau|downloads|active users|\
        real users|end users|enterprise",
    korean: "상용|실서비스|운영 환경|운영환경|실사용자|매출|수익|고객사|다운로드 수|월간 사용자",
};

const BEST: Family = Family {
    english: "world-class|industry-leading|state-of-the-art|cutting-edge|best-in-class|market-leading|world's|\
        first in korea|unparalleled|revolutionary",
    korean: "세계 최|업계 최|국내 최|최초로|최고의|최고 수준|최고수준|독보적|혁신적",
};

/// Phrases that hold such words and mean something else.
const HARMLESS: &str = "테스트 주도|도메인 주도|이벤트 주도|데이터 주도|모델 주도|leader election|leader board|expert system|service principal|\
    principal id|team_lead_id|최초로 로드|directed graph|directed acyclic";

/// Whether `text` makes no claim that the texts of `deeds` do not make as well.
pub(super) fn stand(text: &str, deeds: &[&str]) -> bool {
    let deeds: Vec<String> = deeds.iter().map(|deed| cleared(deed)).collect();
    let text = cleared(text);
    FAMILIES.iter().all(|family| !family.speaks(&text) || deeds.iter().any(|deed| family.speaks(deed)))
}

fn cleared(text: &str) -> String {
    HARMLESS.split('|').fold(small(text), |text, phrase| text.replace(phrase, " "))
}

impl Family {
    fn speaks(&self, text: &str) -> bool {
        self.korean.split('|').any(|word| text.contains(word))
            || self.english.split('|').any(|word| has_word(text, word))
    }
}

/// Whether `word` stands in `text` as a whole word.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        ![before, after].iter().flatten().any(|character| character.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_need_a_deed_that_makes_them() {
        for claim in [
            "Led a team of 800",
            "5명의 팀을 이끌었습니다",
            "결제 시스템 개발을 주도했습니다",
            "Single-handedly rewrote the parser",
            "혼자 전체를 설계했습니다",
            "Senior engineer for payments",
            "해커톤에서 대상을 수상했습니다",
            "Used in production by many",
            "업계 최고 수준의 검색",
        ] {
            assert!(!stand(claim, &["add retries to payments", "결제 재시도 추가"]), "{claim}");
        }
        assert!(stand("Led the migration to Kafka", &["led by me: migrate to Kafka"]));
        assert!(stand("운영 환경 배포 스크립트를 작성했습니다", &["운영 환경 배포 스크립트 추가"]));
    }

    #[test]
    fn words_that_mean_something_else_are_no_claims() {
        for harmless in [
            "테스트 주도 개발로 파서를 작성했습니다",
            "Implemented leader election",
            "A leaderboard with leading zeros; misled users",
            "Added standalone mode and a sorted list",
        ] {
            assert!(stand(harmless, &[]), "{harmless}");
        }
    }
}

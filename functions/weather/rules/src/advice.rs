//! The line that a rule writes: what to wear, what falls, what blows.

use crate::facts::Facts;
use crate::hour::Precipitation;
use crate::survey::Class;

/// By how much what somebody bears badly feels stronger, in ℃.
const MINDED: i32 = 3;

/// From this felt temperature on, in ℃, heat is heat, and up to that one cold is cold.
const WARM: i32 = 23;
const COOL: i32 = 17;

/// The advice that `facts` call for, for people of `class`, in Korean.
#[must_use]
pub fn line(facts: &Facts, class: Class) -> String {
    let felt = facts.felt.or(facts.temperature).map(|felt| for_class(felt, class));
    let sentences = [felt.map(wear), falling(facts, class), blowing(facts)];
    let line: Vec<String> = sentences.into_iter().flatten().collect();
    if line.is_empty() {
        "지금은 날씨를 자세히 알 수 없어요. 나가기 전에 하늘을 확인하세요.".to_owned()
    } else {
        line.join(" ")
    }
}

fn for_class(felt: i32, class: Class) -> i32 {
    if class.minds_cold && felt < COOL {
        felt - MINDED
    } else if class.minds_heat && felt >= WARM {
        felt + MINDED
    } else {
        felt
    }
}

fn wear(felt: i32) -> String {
    let sentence = match felt {
        33.. => "몹시 더우니 물을 자주 마시고 한낮에는 그늘에서 쉬세요.",
        28..33 => "더우니 얇고 바람이 잘 통하는 옷을 입으세요.",
        23..28 => "반팔이나 얇은 셔츠가 좋아요.",
        17..23 => "긴팔에 얇은 겉옷 하나면 좋아요.",
        12..17 => "가디건이나 재킷을 걸치세요.",
        5..12 => "쌀쌀하니 코트나 도톰한 겉옷을 입으세요.",
        -5..5 => "추우니 두꺼운 외투와 목도리를 챙기세요.",
        ..-5 => "몹시 추우니 두꺼운 외투에 장갑과 모자까지 갖추세요.",
    };
    sentence.to_owned()
}

fn falling(facts: &Facts, class: Class) -> Option<String> {
    let sentence = match (facts.precipitation, class.minds_wet) {
        (Precipitation::Rain, false) => "비가 오니 우산을 챙기세요.".to_owned(),
        (Precipitation::Rain, true) => {
            "비가 오니 나갈 일은 미루는 편이 좋고, 나간다면 큰 우산을 챙기세요.".to_owned()
        }
        (Precipitation::Sleet, false) => {
            "비와 눈이 섞여 내리니 우산과 미끄럽지 않은 신발을 챙기세요.".to_owned()
        }
        (Precipitation::Sleet, true) => "비와 눈이 섞여 내리니 나갈 일은 미루는 편이 좋아요.".to_owned(),
        (Precipitation::Snow, false) => "눈이 오니 미끄럽지 않은 신발을 신으세요.".to_owned(),
        (Precipitation::Snow, true) => {
            "눈이 오니 나갈 일은 미루고, 나간다면 길이 미끄러우니 조심하세요.".to_owned()
        }
        (Precipitation::None, minds_wet) => {
            let next = facts.next?;
            let what = match next.precipitation {
                Precipitation::Snow => "눈",
                Precipitation::Sleet => "비나 눈",
                Precipitation::Rain | Precipitation::None => "비",
            };
            let hour = next.hour;
            if minds_wet {
                format!("{hour}시쯤부터 {what} 소식이 있으니 볼일은 그 전에 마치세요.")
            } else {
                format!("{hour}시쯤부터 {what} 소식이 있으니 우산을 챙기세요.")
            }
        }
    };
    Some(sentence)
}

fn blowing(facts: &Facts) -> Option<String> {
    facts.is_windy().then(|| "바람이 강하니 날릴 만한 것을 조심하세요.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{LONGEST, check};
    use crate::facts::Next;

    fn facts(felt: i32, precipitation: Precipitation) -> Facts {
        Facts { temperature: Some(felt), felt: Some(felt), precipitation, ..Facts::default() }
    }

    #[test]
    fn the_same_weather_is_other_advice_for_who_minds_it() {
        let cold = Class { minds_cold: true, ..Class::default() };
        let heat = Class { minds_heat: true, ..Class::default() };
        let wet = Class { minds_wet: true, ..Class::default() };
        let plain = |facts: &Facts| line(facts, Class::default());
        let chilly = facts(6, Precipitation::None);
        assert_ne!(line(&chilly, cold), plain(&chilly));
        assert_eq!(line(&chilly, heat), plain(&chilly), "no heat to mind");
        let warm = facts(26, Precipitation::None);
        assert_ne!(line(&warm, heat), plain(&warm));
        assert_eq!(line(&warm, cold), plain(&warm), "no cold to mind");
        let rainy = facts(20, Precipitation::Rain);
        assert_ne!(line(&rainy, wet), plain(&rainy));
    }

    #[test]
    fn what_is_to_come_is_told_with_its_hour() {
        let next = Next { precipitation: Precipitation::Snow, hour: 18 };
        let dry = Facts { next: Some(next), ..facts(1, Precipitation::None) };
        assert!(line(&dry, Class::default()).contains("18시쯤부터 눈"));
    }

    #[test]
    fn every_line_of_the_rule_would_pass_as_a_models() {
        use Precipitation::{None as Nothing, Rain, Sleet, Snow};
        for class in Class::all() {
            for felt in -30..45 {
                for precipitation in [Nothing, Rain, Sleet, Snow] {
                    let next = Some(Next { precipitation: Sleet, hour: 23 });
                    let facts = Facts { wind_speed: Some(12), next, ..facts(felt, precipitation) };
                    let line = line(&facts, class);
                    assert_eq!(check(&line, &facts), Ok(()), "{line}");
                    assert!(line.chars().count() <= LONGEST, "{line}");
                }
            }
        }
        assert_eq!(check(&line(&Facts::default(), Class::default()), &Facts::default()), Ok(()));
    }
}

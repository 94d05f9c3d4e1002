//! A notification as a Korean sentence.

use jiff::civil::Date;

use crate::kind::{Because, Change, Kind};
use crate::notification::Acts;

/// All of it as a Korean sentence.
#[must_use]
pub fn sentence(kind: &Kind<Acts>) -> String {
    match kind {
        Kind::Like(acts) => format!("{}이 ‘{}’ 이력서를 좋아합니다.", who(acts), acts.resume_title),
        Kind::Comment(acts) => {
            format!("{}이 ‘{}’ 이력서에 댓글을 남겼습니다.", who(acts), acts.resume_title)
        }
        Kind::PaymentReceived { amount, paid_through } => {
            format!(
                "PRO 요금 {}이 결제되었습니다. {}까지 이용할 수 있습니다.",
                won(*amount),
                day(*paid_through)
            )
        }
        Kind::PaymentDeclined { amount, retry_on } => format!(
            "PRO 요금 {}이 결제되지 않았습니다. {}에 다시 결제합니다. 카카오페이의 결제 수단을 확인해 주세요.",
            won(*amount),
            day(*retry_on)
        ),
        Kind::PlanEnded { because } => format!("{} PRO가 끝났습니다. 지금은 FREE입니다.", reason(*because)),
        Kind::PaymentRefunded { amount } => format!("PRO 요금 {}이 환불되었습니다.", won(*amount)),
        Kind::WeatherAlert { region, warning, level, change, .. } => weather(region, warning, level, *change),
    }
}

/// All levels end in a vowel: `주의보`, `경보`, `중대경보`, `특보 3단계`.
fn weather(region: &str, warning: &str, level: &str, change: Change) -> String {
    match change {
        Change::Issued => {
            format!("{region}에 {warning} {level}가 내려졌습니다. 채팅방에서 이야기를 나눠 보세요.")
        }
        Change::Raised => format!("{region}의 {warning} 특보가 {level}로 격상되었습니다."),
        Change::Lowered => format!("{region}의 {warning} 특보가 {level}로 완화되었습니다."),
        Change::Lifted => format!("{region}의 {warning} {level}가 해제되었습니다."),
    }
}

fn who(acts: &Acts) -> String {
    let others = acts.count - 1;
    match &acts.actor_nickname {
        Some(nickname) if others > 0 => format!("{nickname}님 외 {others}명"),
        Some(nickname) => format!("{nickname}님"),
        None => format!("회원 {}명", acts.count),
    }
}

const fn reason(because: Because) -> &'static str {
    match because {
        Because::Asked => "요청하신 대로",
        Because::Declined => "요금이 끝내 결제되지 않아",
        Because::GivenUpAtKakaopay => "카카오페이에서 정기 결제가 해지되어",
    }
}

/// `19,900원`
fn won(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut text = String::from(if amount < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + "원"
}

/// `3월 5일`
fn day(day: Date) -> String {
    format!("{}월 {}일", day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn acts(nickname: Option<&str>, count: i64) -> Acts {
        Acts {
            resume_id: "res_1".to_owned(),
            resume_title: "백엔드 개발자".to_owned(),
            actor_id: None,
            actor_nickname: nickname.map(str::to_owned),
            count,
        }
    }

    #[test]
    fn of_what_others_did_it_says_who_and_how_many() {
        for (kind, expected) in [
            (Kind::Like(acts(Some("마루"), 1)), "마루님이 ‘백엔드 개발자’ 이력서를 좋아합니다."),
            (Kind::Like(acts(Some("마루"), 5)), "마루님 외 4명이 ‘백엔드 개발자’ 이력서를 좋아합니다."),
            (Kind::Like(acts(None, 5)), "회원 5명이 ‘백엔드 개발자’ 이력서를 좋아합니다."),
            (Kind::Comment(acts(Some("마루"), 1)), "마루님이 ‘백엔드 개발자’ 이력서에 댓글을 남겼습니다."),
            (Kind::Comment(acts(None, 1)), "회원 1명이 ‘백엔드 개발자’ 이력서에 댓글을 남겼습니다."),
        ] {
            assert_eq!(sentence(&kind), expected);
        }
    }

    #[test]
    fn of_payments_it_says_how_much_and_what_follows() {
        let (amount, through) = (19_900, date(2026, 3, 5));
        for (kind, expected) in [
            (
                Kind::PaymentReceived { amount, paid_through: through },
                "PRO 요금 19,900원이 결제되었습니다. 3월 5일까지 이용할 수 있습니다.",
            ),
            (
                Kind::PaymentDeclined { amount, retry_on: date(2026, 12, 31) },
                "PRO 요금 19,900원이 결제되지 않았습니다. 12월 31일에 다시 결제합니다. 카카오페이의 결제 수단을 \
                 확인해 주세요.",
            ),
            (Kind::PaymentRefunded { amount }, "PRO 요금 19,900원이 환불되었습니다."),
        ] {
            assert_eq!(sentence(&kind), expected);
        }
    }

    #[test]
    fn of_a_plan_that_ended_it_says_why() {
        for (because, expected) in [
            (Because::Asked, "요청하신 대로 PRO가 끝났습니다. 지금은 FREE입니다."),
            (Because::Declined, "요금이 끝내 결제되지 않아 PRO가 끝났습니다. 지금은 FREE입니다."),
            (
                Because::GivenUpAtKakaopay,
                "카카오페이에서 정기 결제가 해지되어 PRO가 끝났습니다. 지금은 FREE입니다.",
            ),
        ] {
            assert_eq!(sentence(&Kind::PlanEnded { because }), expected);
        }
    }

    #[test]
    fn of_a_warning_it_says_where_and_how_it_changed() {
        for (change, expected) in [
            (Change::Issued, "서울에 호우 경보가 내려졌습니다. 채팅방에서 이야기를 나눠 보세요."),
            (Change::Raised, "서울의 호우 특보가 경보로 격상되었습니다."),
            (Change::Lowered, "서울의 호우 특보가 경보로 완화되었습니다."),
            (Change::Lifted, "서울의 호우 경보가 해제되었습니다."),
        ] {
            let (region, warning, level) = ("서울".to_owned(), "호우".to_owned(), "경보".to_owned());
            assert_eq!(
                sentence(&Kind::WeatherAlert { region, warning, level, change, room_id: None }),
                expected
            );
        }
    }

    #[test]
    fn an_amount_has_a_comma_at_each_thousand() {
        for (amount, expected) in [
            (0, "0원"),
            (999, "999원"),
            (1_000, "1,000원"),
            (1_234_567, "1,234,567원"),
            (-19_900, "-19,900원"),
        ] {
            assert_eq!(won(amount), expected);
        }
    }
}

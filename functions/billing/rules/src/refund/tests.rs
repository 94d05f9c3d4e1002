use jiff::ToSpan;
use proptest::prelude::*;

use super::*;

const PRICE: i64 = 19_900;

fn at(minute: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + minute.minutes()
}

fn asked(id: &str, amount: Option<i64>) -> Asked<'_> {
    Asked { id, amount, by: "usr_admin", reason: "장애 보상" }
}

fn sent(paid: &Paid, id: &str, amount: Option<i64>) -> Paid {
    match paid.ask(&asked(id, amount), at(0)) {
        Ask::Send(step, refund) => {
            assert_eq!(step.paid.refund(id), Some(&refund));
            step.paid
        }
        other => panic!("not sent: {other:?}"),
    }
}

fn heard(paid: &Paid, id: &str, answer: &Answer) -> Step {
    match paid.answered(id, answer, at(1)) {
        Heard::Store(step) => step,
        other => panic!("nothing to store: {other:?}"),
    }
}

fn canceled(canceled: i64) -> AtKakaoPay {
    AtKakaoPay { canceled, canceled_at: None }
}

fn found(paid: &Paid, order: AtKakaoPay, now: Timestamp) -> Step {
    match paid.looked_up(order, now) {
        LookedUp::Store(step) => step,
        other => panic!("nothing to store: {other:?}"),
    }
}

fn state(step: &Step) -> &State {
    &step.paid.refunds.last().unwrap().state
}

#[test]
fn without_an_amount_it_is_all_that_is_left() {
    let paid = sent(&Paid::new(PRICE), "ref_1", Some(5_000));
    let step = heard(&paid, "ref_1", &Answer::Made(at(1)));
    let given_back = Effect::GivenBack { refund_id: "ref_1".to_owned(), amount: 5_000, at: at(1) };
    assert_eq!((step.paid.refunded, step.effect), (5_000, Some(given_back)));
    let rest = sent(&step.paid, "ref_2", None);
    assert_eq!(rest.open().map(|refund| refund.amount), Some(14_900));
}

#[test]
fn more_than_is_left_is_not_given_back() {
    let paid = Paid { refunded: 19_000, ..Paid::new(PRICE) };
    for amount in [Some(901), Some(0), Some(-1), Some(i64::MAX)] {
        assert_eq!(paid.ask(&asked("ref_1", amount), at(0)), Ask::TooLarge { left: 900 }, "{amount:?}");
    }
    let nothing_left = Paid { refunded: PRICE, ..Paid::new(PRICE) };
    assert_eq!(nothing_left.ask(&asked("ref_1", None), at(0)), Ask::TooLarge { left: 0 });
}

#[test]
fn one_is_open_at_a_time_and_the_same_is_asked_for_once() {
    let paid = sent(&Paid::new(PRICE), "ref_1", Some(100));
    assert_eq!(paid.ask(&asked("ref_2", Some(100)), at(0)), Ask::Unsettled);
    let known = Ask::Known(paid.refund("ref_1").unwrap().clone());
    assert_eq!(paid.ask(&asked("ref_1", Some(100)), at(0)), known);
    let refused = heard(&paid, "ref_1", &Answer::NotSent);
    assert!(matches!(refused.paid.ask(&asked("ref_2", Some(100)), at(0)), Ask::Send(..)));
}

#[test]
fn one_that_never_left_is_sent_under_the_same_id() {
    let paid = sent(&Paid::new(PRICE), "ref_1", Some(100));
    let refused = heard(&paid, "ref_1", &Answer::NotSent).paid;
    let again = sent(&refused, "ref_1", Some(100));
    assert_eq!((again.refunds.len(), again.revision), (1, 3));
}

#[test]
fn a_payment_has_so_many_refunds_and_no_more() {
    let mut paid = Paid::new(PRICE);
    for number in 0..MOST {
        let id = format!("ref_{number}");
        paid = heard(&sent(&paid, &id, Some(1)), &id, &Answer::Made(at(1))).paid;
    }
    assert_eq!(paid.ask(&asked("ref_x", Some(1)), at(0)), Ask::TooMany);
}

#[test]
fn a_refusal_is_one_when_nothing_was_given_back() {
    let paid = sent(&Paid::new(PRICE), "ref_1", None);
    for code in [-722, -710, -783, -781, -721] {
        let unknown = heard(&paid, "ref_1", &Answer::Refused(code)).paid;
        let refused = found(&unknown, canceled(0), at(1));
        assert_eq!(state(&refused), &State::Refused { because: NotMade::Code(code) });
        assert_eq!(refused.effect, None);
        let made = found(&unknown, canceled(PRICE), at(1));
        assert_eq!((state(&made), made.paid.refunded), (&State::Done { refunded_at: at(1) }, PRICE));
    }
}

#[test]
fn a_lost_one_is_made_as_soon_as_it_is_seen_and_refused_only_when_it_cannot_come_any_more() {
    let paid = sent(&Paid::new(PRICE), "ref_1", Some(500));
    for answer in [Answer::Lost, Answer::Refused(-785), Answer::Refused(-1)] {
        let unknown = heard(&paid, "ref_1", &answer).paid;
        let last = at(1) + SETTLING;
        assert_eq!(unknown.looked_up(canceled(0), last - 1.second()), LookedUp::Wait(last));
        assert_eq!(found(&unknown, canceled(500), at(1)).paid.refunded, 500);
        let refused = found(&unknown, canceled(0), last);
        assert!(matches!(state(&refused), State::Refused { .. }), "{refused:?}");
    }
}

#[test]
fn one_whose_sender_died_is_unknown_before_it_is_refused() {
    let paid = sent(&Paid::new(PRICE), "ref_1", Some(500));
    let lease_until = at(0) + LEASE;
    assert_eq!(paid.looked_up(canceled(0), lease_until - 1.second()), LookedUp::Wait(lease_until));
    let unknown = found(&paid, canceled(0), lease_until);
    assert_eq!(state(&unknown), &State::Unknown { since: lease_until, code: None });
    assert_eq!(found(&paid, canceled(500), at(0)).paid.refunded, 500);
}

#[test]
fn what_somebody_else_gave_back_is_not_taken_for_ours() {
    let paid = sent(&Paid::new(PRICE), "ref_1", Some(500));
    let unknown = heard(&paid, "ref_1", &Answer::Refused(-722)).paid;
    let refused = found(&unknown, canceled(7_000), at(1));
    assert_eq!(state(&refused), &State::Refused { because: NotMade::Disagrees });
    assert_eq!((refused.paid.refunded, refused.effect), (0, Some(Effect::Disagrees { canceled: 7_000 })));
}

#[test]
fn an_answer_that_says_what_is_known_changes_nothing() {
    let paid = sent(&Paid::new(PRICE), "ref_1", None);
    let made = heard(&paid, "ref_1", &Answer::Made(at(1))).paid;
    for answer in [Answer::Made(at(2)), Answer::Lost, Answer::NotSent, Answer::Refused(-722)] {
        assert_eq!(made.answered("ref_1", &answer, at(2)), Heard::Known);
    }
    let refused = heard(&paid, "ref_1", &Answer::NotSent).paid;
    assert_eq!(refused.answered("ref_1", &Answer::Made(at(2)), at(2)), Heard::Astray);
    assert_eq!(refused.answered("ref_2", &Answer::Made(at(2)), at(2)), Heard::Astray);
    assert_eq!(refused.looked_up(canceled(0), at(99)), LookedUp::Known);
}

#[test]
fn it_is_stored_in_words_that_can_be_read() {
    let paid = sent(&Paid::new(PRICE), "ref_1", Some(500));
    let stored = serde_json::to_value(&paid).unwrap();
    let refund = serde_json::json!({
        "id": "ref_1", "amount": 500, "askedBy": "usr_admin", "reason": "장애 보상",
        "askedAt": "1970-01-01T00:00:00Z", "state": "sending", "leaseUntil": "1970-01-01T00:01:30Z",
    });
    assert_eq!(stored["refunds"], serde_json::json!([refund]));
    assert_eq!(serde_json::from_value::<Paid>(stored).unwrap(), paid);
}

/// What becomes of one request: whether it is carried out at once, late or never, and what its sender hears.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Answered,
    NotSent,
    LostBefore,
    LostAfter,
    Late,
    Repeated,
    SenderDies { carried_out: bool },
}

fn fates() -> impl Strategy<Value = Fate> {
    prop_oneof![
        Just(Fate::Answered),
        Just(Fate::NotSent),
        Just(Fate::LostBefore),
        Just(Fate::LostAfter),
        Just(Fate::Late),
        Just(Fate::Repeated),
        any::<bool>().prop_map(|carried_out| Fate::SenderDies { carried_out }),
    ]
}

/// KakaoPay's side of one payment.
struct KakaoPay {
    canceled: i64,
}

impl KakaoPay {
    fn carry_out(&mut self, refund: &Refund, left: i64, now: Timestamp) -> Answer {
        let really_left = PRICE - self.canceled;
        if really_left == 0 {
            return Answer::Refused(-783);
        }
        if left != really_left {
            return Answer::Refused(-722);
        }
        if refund.amount > really_left {
            return Answer::Refused(-710);
        }
        self.canceled += refund.amount;
        Answer::Made(now)
    }

    /// What the sender hears, and whether the request is still on its way.
    fn suffer(&mut self, fate: Fate, refund: &Refund, left: i64, now: Timestamp) -> (Option<Answer>, bool) {
        match fate {
            Fate::Answered => (Some(self.carry_out(refund, left, now)), false),
            Fate::NotSent => (Some(Answer::NotSent), false),
            Fate::LostBefore => (Some(Answer::Lost), false),
            Fate::Late => (Some(Answer::Lost), true),
            Fate::LostAfter => {
                self.carry_out(refund, left, now);
                (Some(Answer::Lost), false)
            }
            Fate::Repeated => {
                self.carry_out(refund, left, now);
                (Some(self.carry_out(refund, left, now)), false)
            }
            Fate::SenderDies { carried_out } => {
                if carried_out {
                    self.carry_out(refund, left, now);
                }
                (None, false)
            }
        }
    }
}

proptest! {
    /// Whatever becomes of each request: no more goes back than was paid, and when nothing is open any more what we
    /// have entered is what KakaoPay has given back.
    #[test]
    fn both_sides_agree_once_nothing_is_open(
        script in prop::collection::vec((fates(), prop::option::of(1..PRICE), 0..20_i64), 1..12),
    ) {
        let (mut paid, mut kakaopay, mut entered, mut now) = (Paid::new(PRICE), KakaoPay { canceled: 0 }, 0, at(0));
        for (number, (fate, amount, minutes)) in script.into_iter().enumerate() {
            let id = format!("ref_{number}");
            let left = paid.left();
            let Ask::Send(step, refund) = paid.ask(&asked(&id, amount), now) else { continue };
            paid = step.paid;
            let (answer, under_way) = kakaopay.suffer(fate, &refund, left, now);
            if let Some(answer) = answer
                && let Heard::Store(step) = paid.answered(&id, &answer, now)
            {
                entered += given_back(&step);
                paid = step.paid;
            }
            // Looked up at once, and later again until it is known.
            let mut late = under_way.then(|| now + minutes.min(14).minutes());
            while paid.open().is_some() {
                if late.is_some_and(|late| late <= now) {
                    late = None;
                    kakaopay.carry_out(&refund, left, now);
                }
                if let LookedUp::Store(step) = paid.looked_up(canceled(kakaopay.canceled), now) {
                    entered += given_back(&step);
                    paid = step.paid;
                }
                now += 1.minute();
            }
            prop_assert!(paid.refunded <= PRICE && kakaopay.canceled <= PRICE);
            prop_assert_eq!((paid.refunded, entered), (kakaopay.canceled, kakaopay.canceled));
        }
    }
}

fn given_back(step: &Step) -> i64 {
    match &step.effect {
        Some(Effect::GivenBack { amount, .. }) => *amount,
        Some(Effect::Disagrees { .. }) | None => 0,
    }
}

//! Selections as the model's questions arrive.

use proptest::prelude::*;

use super::Verdict::{Known, Repeated, Surplus, Taken};
use super::*;

const REASON: &str = "Redis를 캐시로 사용한 이유는 무엇인가요?";
const REASON_AGAIN: &str = "왜 캐시로 Redis를 선택하셨나요?";
const DEPLOYMENT: &str = "무중단 배포를 어떻게 구성하셨나요?";
const LOCKING: &str = "재고 차감의 동시성 제어는 어떻게 하셨나요?";
const TESTING: &str = "결제 모듈의 테스트 코드는 어떻게 작성하셨나요?";
const ALERTS: &str = "야간 장애 알림은 누가 어떻게 받았나요?";

fn offered(selection: &mut Selection, questions: &[&str]) -> Vec<Verdict> {
    questions.iter().map(|question| selection.offer(question)).collect()
}

fn former(questions: &[&str]) -> Vec<Fingerprint> {
    questions.iter().map(|question| Fingerprint::of(question)).collect()
}

#[test]
fn the_first_three_that_are_unlike_are_taken() {
    let mut selection = Selection::new(&[]);
    let verdicts = offered(&mut selection, &[REASON, REASON_AGAIN, DEPLOYMENT, LOCKING, TESTING]);
    assert_eq!(verdicts, [Taken, Repeated, Taken, Taken, Surplus]);
    assert_eq!((selection.missing(), selection.fill()), (0, vec![]));
}

#[test]
fn what_the_user_had_or_another_section_has_is_not_taken() {
    let mut selection = Selection::new(&former(&[DEPLOYMENT]));
    selection.avoid(Fingerprint::of(REASON));
    assert_eq!(offered(&mut selection, &[REASON_AGAIN, DEPLOYMENT, LOCKING]), [Repeated, Known, Taken]);
    assert_eq!(selection.missing(), 2);
    assert_eq!(selection.avoided(), [LOCKING, REASON_AGAIN, DEPLOYMENT]);
}

#[test]
fn what_was_handed_over_before_a_takeover_stays() {
    let mut selection = Selection::new(&former(&[REASON]));
    selection.avoid(Fingerprint::of(LOCKING));
    selection.keep(LOCKING);
    assert_eq!(offered(&mut selection, &[LOCKING, REASON, DEPLOYMENT]), [Repeated, Known, Taken]);
    assert_eq!((selection.missing(), selection.fill()), (1, vec![2]));
}

#[test]
fn only_the_newest_former_questions_count() {
    let filler: Vec<String> = (0..FORMER).map(|number| format!("Tool{number}를 쓴 이유는?")).collect();
    let mut former: Vec<Fingerprint> = filler.iter().map(|question| Fingerprint::of(question)).collect();
    former.push(Fingerprint::of(REASON));
    assert_eq!(Selection::new(&former).offer(REASON), Taken);
    former.swap_remove(0);
    assert_eq!(Selection::new(&former).offer(REASON), Known);
}

#[test]
fn what_is_avoided_never_makes_a_prompt_long() {
    let questions: Vec<String> =
        (0..20).map(|number| format!("Tool{number}를 쓴 이유는?{}", " ".repeat(1_000))).collect();
    let mut selection = Selection::new(&questions.iter().map(|it| Fingerprint::of(it)).collect::<Vec<_>>());
    for question in &questions {
        assert_eq!(selection.offer(question), Known);
    }
    let avoided = selection.avoided();
    assert_eq!(avoided.len(), 6);
    assert!(avoided.iter().all(|question| question.chars().count() <= 80));
}

#[test]
fn each_question_is_avoided_once() {
    let mut selection = Selection::new(&former(&[TESTING]));
    // After a takeover the answer is offered again, with what was handed over already.
    selection.keep(REASON);
    selection.keep(DEPLOYMENT);
    let verdicts = offered(&mut selection, &[REASON, REASON_AGAIN, DEPLOYMENT, TESTING, TESTING]);
    assert_eq!(verdicts, [Repeated, Repeated, Repeated, Known, Known]);
    assert_eq!(selection.avoided(), [REASON, DEPLOYMENT, TESTING]);
}

#[test]
fn a_section_is_filled_with_known_questions_when_nothing_else_is_left() {
    let mut selection = Selection::new(&former(&[REASON, DEPLOYMENT]));
    let questions = [REASON, LOCKING, "Redis를 세션 캐시로 사용한 이유는 무엇인가요?", DEPLOYMENT];
    assert_eq!(offered(&mut selection, &questions), [Known, Taken, Known, Known]);
    assert_eq!((selection.fill(), selection.missing()), (vec![2, 3], 0));
    assert_eq!(selection.fill(), Vec::<usize>::new());
}

#[test]
fn nothing_is_filled_with_what_is_in_the_request_already() {
    let mut selection = Selection::new(&former(&[LOCKING]));
    selection.avoid(Fingerprint::of(REASON));
    assert_eq!(
        offered(&mut selection, &[REASON, LOCKING, LOCKING, DEPLOYMENT]),
        [Repeated, Known, Known, Taken]
    );
    assert_eq!((selection.fill(), selection.missing()), (vec![1], 1));
}

proptest! {
    #[test]
    fn whatever_is_offered_the_taken_ones_are_few_and_unlike(
        offers in prop::collection::vec(0..6_usize, 0..12), had in prop::collection::vec(0..6_usize, 0..4)
    ) {
        let all = [REASON, REASON_AGAIN, DEPLOYMENT, LOCKING, TESTING, ALERTS];
        let had: Vec<&str> = had.iter().map(|at| all[*at]).collect();
        let mut selection = Selection::new(&former(&had));
        let mut taken = Vec::new();
        for question in offers.iter().map(|at| all[*at]) {
            if selection.offer(question) == Taken {
                prop_assert!(former(&had).iter().all(|had| !had.is_like(&Fingerprint::of(question))));
                taken.push(question);
            }
        }
        taken.extend(selection.fill().iter().map(|number| all[offers[*number]]));
        prop_assert_eq!(selection.missing(), WANTED - taken.len());
        for (at, one) in taken.iter().enumerate() {
            prop_assert!(taken[..at].iter().all(|other| !Fingerprint::of(one).is_like(&Fingerprint::of(other))));
        }
    }
}

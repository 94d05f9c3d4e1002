//! Whatever a model answers: what survives is proven, and within the form.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::json;

use crate::generation::ReviewText;
use crate::report::answer::Answer;
use crate::report::evidence::{Checker, SECTION_BYTES};
use crate::report::fixtures::{evidence, hostile, review};
use crate::report::material::Shown;
use crate::report::{Claim, Evidence, sources};

fn reviews() -> Vec<ReviewText> {
    let mut reviews = hostile().0;
    reviews.push(review("rv_6", 2, "Q&A 답이 늦어요\t(2주)\r\n그래도 좋아요", "a<b>c</b> \"d\" &amp;"));
    reviews
}

/// A quote as models give them: a true passage, an escaped copy, a changed one, something made up.
fn any_evidence() -> impl Strategy<Value = Evidence> {
    let place = (any::<Index>(), any::<bool>(), any::<Index>(), any::<Index>());
    (place, 0..6_u8, "\\PC{0,12}", "rv_[1-9]").prop_map(|((which, comment, begin, end), how, made_up, id)| {
        let reviews = reviews();
        let review = which.get(&reviews);
        let field: Vec<char> = if comment { &review.comment } else { &review.suggestion }.chars().collect();
        let (begin, end) = (begin.index(field.len() + 1), end.index(field.len() + 1));
        let passage: String = field[begin.min(end)..begin.max(end)].iter().collect();
        let escaped = passage.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        match how {
            0..=2 => evidence(&review.review_id, &passage),
            3 => evidence(&review.review_id, &escaped.replace('\t', " ")),
            4 => evidence(&id, &passage),
            _ => evidence(&review.review_id, &made_up),
        }
    })
}

fn any_claim() -> impl Strategy<Value = Claim> {
    let text = prop_oneof!["(설명|예제)이 (좋다|[0-9]{1,3}점)", "\\PC{0,30}", Just("가".repeat(500))];
    (text, vec(any_evidence(), 0..5), prop::option::of(0_u32..6)).prop_map(|(claim, evidence, count)| {
        let distinct: BTreeSet<_> = evidence.iter().map(|evidence| evidence.id.clone()).collect();
        // Most models can count.
        let count = count.filter(|count| count % 3 == 0).unwrap_or(distinct.len() as u32);
        Claim { claim, evidence, count }
    })
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let claims = || vec(any_claim(), 0..6);
    let summary =
        prop_oneof!["좋은 평가가 많습니다[.]", "[0-9]{1,3}건", "\\PC{0,50}", Just("나".repeat(900))];
    (summary, claims(), claims(), claims()).prop_map(|(summary, strengths, weaknesses, improvements)| {
        Answer { summary, strengths, weaknesses, improvements }
    })
}

proptest! {
    #[test]
    fn what_survives_is_proven_and_within_the_form(answer in any_answer()) {
        let shown = Shown { sources: sources::of_reviews(&reviews()), findings: None };
        let given = answer.strengths.len() + answer.weaknesses.len() + answer.improvements.len();
        let verified =
            Checker::new(&shown, &json!({ "total": 42 })).verify(answer, |_| "규칙으로 쓴 요약".to_owned());
        let section = verified.section;
        prop_assert_eq!(section.claims().count() + verified.dropped_claims as usize, given);
        prop_assert!(serde_json::to_string(&section).unwrap().len() < SECTION_BYTES + 5_000);
        let summary = section.summary.chars().count();
        prop_assert!((1..=800).contains(&summary));
        prop_assert!(section.summary_replaced || section.claims().next().is_some());
        for claim in section.claims() {
            let length = claim.claim.chars().count();
            prop_assert!((1..=400).contains(&length) && (1..=10).contains(&claim.evidence.len()));
            let ids: BTreeSet<_> = claim.evidence.iter().map(|evidence| &evidence.id).collect();
            prop_assert_eq!(ids.len(), claim.count as usize);
            for Evidence { id, quote, .. } in &claim.evidence {
                let reviews = reviews();
                let review = reviews.iter().find(|review| review.review_id == *id).unwrap();
                prop_assert!(review.comment.contains(quote) || review.suggestion.contains(quote));
                prop_assert!(quote.chars().count() <= 300 && quote.contains(char::is_alphanumeric));
            }
        }
    }

    #[test]
    fn a_true_passage_is_never_refused(which in any::<Index>(), begin in 0_usize..20, length in 8_usize..30) {
        let reviews: Vec<_> =
            reviews().into_iter().filter(|review| review.comment.chars().count() > 28).collect();
        let review = which.get(&reviews);
        let quote: String = review.comment.chars().skip(begin).take(length).collect();
        let shown = Shown { sources: sources::of_reviews(&reviews), findings: None };
        let claim = Claim { claim: "참".to_owned(), evidence: vec![evidence(&review.review_id, &quote)], count: 1 };
        prop_assert!(Checker::new(&shown, &json!({})).check(claim).is_ok(), "{quote:?}");
    }
}

//! What calls may cost on one day, and what is set aside for each.

use std::time::Duration;

use maru_model::{AskError, Model};
use maru_stack::bedrock::FaultKind;
use maru_store::Key;
use serde_json::Value;

use crate::{Answer, Ground, Stopped, ask};

impl Ground {
    /// What was set aside for each call of the job.
    async fn reserved(&self, id: &str) -> Vec<u64> {
        let entries = self.entries(id).await;
        entries.iter().map(|entry| entry["reservedTokens"].as_u64().unwrap()).collect()
    }

    /// Lets a guest's job of this id ask.
    async fn ask_as_guest(&self, model: &Model, id: &str) -> Result<Answer, Stopped> {
        ask(model, &self.job_of(None, id.to_owned()).await, "section_1").await.0
    }

    /// The item of today's usage, of one feature or of all together.
    async fn usage(&self, user: &str, feature: &str) -> Option<Value> {
        let key =
            Key::new(format!("USAGE#{user}"), format!("{}{feature}", self.jobs.table().clock().today()));
        self.jobs.table().get(&key, true).await.unwrap()
    }
}

#[tokio::test]
async fn guests_pay_from_the_share_of_their_job_and_what_is_left_of_others_is_not_theirs() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ground.ask(&lease).await.0.unwrap();
    let one_call = ground.reserved(&lease.job().id).await[0];
    // A sixteenth is enough for one call, and rounded down for no more.
    let guests = ground.model.allowing(one_call * 16 + 15);
    ground.ask_as_guest(&guests, "job_a").await.unwrap();
    // The bytes of `job_a` and of `job_q` are 11 modulo 16.
    let refused = ground.ask_as_guest(&guests, "job_q").await;
    let limit = match refused {
        Err(Stopped::Ask(AskError::BudgetExceeded { limit })) => limit,
        other => panic!("{other:?}"),
    };
    assert_eq!(limit, one_call);
    ground.ask_as_guest(&guests, "job_b").await.unwrap();

    let calls = ground.calls();
    for (share, call) in [("guests-11", &calls[1]), ("guests-12", &calls[2])] {
        let spent = ground.usage(share, "").await.unwrap();
        assert_eq!(spent["spent"], call.input_tokens + call.output_tokens);
        let booked = ground.usage(share, "#interview.generate").await.unwrap();
        assert_eq!(booked["outputTokens"], call.output_tokens);
    }
    assert!(ground.usage("usr_owner", "").await.is_some(), "a member has one item");
    assert!(ground.usage("guests", "").await.is_none());
}

#[tokio::test]
async fn a_fund_of_its_own_pays_for_jobs_without_an_account_and_leaves_the_guests_theirs() {
    let ground = Ground::start().await;
    let model = ground.model.paid_from("advice", 16_000_000);
    ground.ask_as_guest(&model, "job_a").await.unwrap();
    let call = &ground.calls()[0];
    let spent = ground.usage("advice-11", "").await.unwrap();
    assert_eq!(spent["spent"], call.input_tokens + call.output_tokens);
    assert!(ground.usage("guests-11", "").await.is_none());
    let refused = ground.ask_as_guest(&ground.model.paid_from("advice", 16), "job_b").await;
    assert!(matches!(refused, Err(Stopped::Ask(AskError::BudgetExceeded { limit: 1 }))), "{refused:?}");
}

#[tokio::test]
async fn a_member_may_use_the_whole_of_what_guests_have_a_sixteenth_of() {
    let ground = Ground::of(Duration::ZERO, 10_000).await;
    let guest = ground.ask_as_guest(&ground.model, "job_a").await;
    assert!(matches!(guest, Err(Stopped::Ask(AskError::BudgetExceeded { limit: 625 }))), "{guest:?}");
    ground.ask(&ground.job().await).await.0.unwrap();
}

#[tokio::test]
async fn a_repair_has_tokens_set_aside_for_the_answer_that_it_carries() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ground.maru.stack.parts().bedrock.push_fault(FaultKind::Garbage, 1);
    ground.ask(&lease).await.0.unwrap();
    let id = &lease.job().id;
    let rejected = ground.entries(id).await[0]["reply"]["input"].as_str().unwrap().chars().count() as u64;
    let [first, repair] = ground.reserved(id).await[..] else { panic!("two calls") };
    assert!(rejected > 0 && repair > first + rejected, "{first} {rejected} {repair}");
}

//! Guests: how many interviews a day, what they may cost together, and who opens what they asked for.

use std::time::Duration;

use maru_stack::bedrock::FaultKind;
use maru_testing::Maru;
use serde_json::json;

use super::{expect_wait, id_of};
use crate::{OWNER, SHOP, about, ended, post, setup, started, token, without_workers};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_has_ten_a_day_and_what_joins_or_is_refused_is_not_counted() {
    let maru = without_workers().start().await;
    let body = |number: usize| about(&[&format!("{number}번째 글. {SHOP}")]);
    for number in 0..9 {
        let id = id_of(post(&maru, "", &body(number)).await);
        expect_wait(post(&maru, "", &body(99)).await, "5");
        assert_eq!(id_of(post(&maru, "", &body(number)).await), id);
        maru.stack.clock().advance(Duration::from_secs(5));
    }
    let last = id_of(post(&maru, "", &body(9)).await);
    // It is 00:10:45 in Seoul: of both limits the one that lasts longer, in the pause and behind it.
    for passes in [0, 5] {
        maru.stack.clock().advance(Duration::from_secs(passes));
        expect_wait(post(&maru, "", &body(10)).await, &(85_755 - passes).to_string());
        assert_eq!(id_of(post(&maru, "", &body(9)).await), last, "the same still joins");
    }
    post(&maru, OWNER, &body(10)).await.expect(202);
    maru.stack.clock().advance(Duration::from_secs(85_750));
    post(&maru, "", &body(10)).await.expect(202);
}

/// What the calls of all guests have cost so far, in tokens as they are set aside.
async fn spent(maru: &Maru) -> u64 {
    let table =
        maru.stack.parts().template.tables.iter().find(|table| table.logical_id == "JobsTable").unwrap();
    let client = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config());
    let items = client.scan().table_name(&table.name).send().await.unwrap().items.unwrap_or_default();
    let guests = items.iter().filter(|item| item["pk"].as_s().unwrap().starts_with("USAGE#guests"));
    let spent = guests.filter_map(|item| item.get("spent")?.as_n().ok()?.parse::<u64>().ok());
    spent.sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_cannot_use_up_what_all_guests_have_whatever_it_sends() {
    let maru = setup().start().await;
    // The dearest request: three full sections, each answered outside the form and then, as far as anybody knows, whole.
    for section in ["section_1", "section_2", "section_3"] {
        maru.stack.parts().bedrock.push_fault_for(FaultKind::Garbage, 1, section);
        maru.stack.parts().bedrock.push_fault_for(FaultKind::LostAnswer, 1, section);
    }
    let full = |letter: &str| format!("{SHOP} {}", letter.repeat(3_900 - SHOP.chars().count()));
    let job = ended(&maru, "", &about(&[&full("가"), &full("나"), &full("다")])).await;
    assert_eq!(json!([job["status"], job["usage"]["calls"]]), json!(["failed", 6]), "{job:#}");
    let template = maru_testing::template();
    let (_, parameter) = template.split_once("  ModelGuestsDailyTokens:").unwrap();
    let default = parameter.lines().find_map(|line| line.trim().strip_prefix("Default: ")).unwrap();
    let (ten, all): (u64, u64) = (10 * spent(&maru).await, default.parse().unwrap());
    assert!(ten > 0 && ten <= all / 20, "{ten} of {all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_guests_together_have_a_budget_of_their_own() {
    let maru = setup().parameter("ModelGuestsDailyTokens", "16").start().await;
    let guests = ended(&maru, "", &about(&[SHOP])).await;
    assert_eq!(guests["error"]["code"], "model_budget_exceeded", "{guests:#}");
    assert_eq!(ended(&maru, OWNER, &about(&[SHOP])).await["status"], "succeeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_cannot_open_a_guests_job_by_its_id() {
    let maru = without_workers().start().await;
    let link = started(&maru, "", &about(&[SHOP])).await;
    let path = format!("/jobs/{}", link["id"].as_str().unwrap());
    for token in [String::new(), token(&maru, OWNER)] {
        maru.get(&path, &token).await.expect_problem(404, "not_found");
        maru.get(&format!("{path}?token=x"), &token).await.expect_problem(404, "not_found");
    }
}

//! Reading one's answers.

use reqwest::Method;

use crate::{OWNER, answer, expect_only_members, plain, setup, token};

#[tokio::test(flavor = "multi_thread")]
async fn there_is_none_before_it_is_answered() {
    let maru = setup().start().await;
    maru.get("/weather/survey", &token(&maru, OWNER)).await.expect_problem(404, "not_found");
    answer(&maru, OWNER, &plain()).await.expect(200);
    let read = maru.get("/weather/survey", &token(&maru, OWNER)).await.expect(200);
    assert_eq!(read["answers"], plain());
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn refuses_whoever_is_not_signed_in() {
    expect_only_members(&setup().start().await, Method::GET, "/weather/survey").await;
}

use reqwest::Method;
use serde_json::{Value, json};

use crate::apply_resume_edit::{editing, proposed};
use crate::{OWNER, expect_not_found_by_another, expect_only_members, token};

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_says_what_would_stand_in_place_of_what() {
    let (maru, _script) = editing(&["다시 시도하는 횟수를"]).await;
    let path = proposed(&maru).await;
    let proposal = maru.get(&path, &token(&maru, OWNER)).await.expect(200);
    assert_eq!(
        json!([
            proposal["before"],
            proposal["after"],
            proposal["pointer"],
            proposal["start"],
            proposal["end"]
        ]),
        json!(["재시도를", "다시 시도하는 횟수를", "/projects/0/roles/1/text", 0, 4])
    );
    assert_eq!(proposal["appliedAs"], json!(null));
    expect_only_members(&maru, Method::GET, &path).await;
    expect_not_found_by_another(&maru, Method::GET, &path, &Value::Null).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_not_the_owner_and_what_is_not_there() {
    let (maru, _script) = editing(&["x"]).await;
    let path = "/resumes/res_1/edits/edt_0";
    expect_only_members(&maru, Method::GET, path).await;
    maru.get(path, &token(&maru, OWNER)).await.expect_problem(404, "not_found");
}

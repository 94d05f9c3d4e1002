//! `POST /missions/assignments/{assignmentId}/verify`.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::hunters::{OTHER, OWNER, announce, blank, drawn, hunt, job, mine, photo, shown, upload, verify};
use crate::people::side_by_side;

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_has_one_job_however_often_it_is_asked_for() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    verify(&maru, OWNER, &assignment).await.expect_problem(409, "no_photo");
    upload(&maru, OWNER, &assignment, &photo(1)).await;
    let links = side_by_side(0..10, async |_| verify(&maru, OWNER, &assignment).await).await;
    let mut jobs: Vec<String> = Vec::new();
    for link in links {
        // Whoever comes when a photo has shown it hears so.
        if link.status == 202 {
            jobs.push(link.json["job"]["id"].as_str().unwrap().to_owned());
        } else {
            link.expect_problem(409, "already_verified");
        }
    }
    jobs.dedup();
    assert_eq!(jobs.len(), 1);
    maru.settle().await;
    assert_eq!(maru.stack.parts().bedrock.calls().len(), 1);
    verify(&maru, OWNER, &assignment).await.expect_problem(409, "already_verified");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_members_is_not_found_and_yesterdays_is_over() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    upload(&maru, OWNER, &assignment, &photo(1)).await;
    verify(&maru, OTHER, &assignment).await.expect_problem(404, "not_found");
    maru.stack.clock().advance(Duration::from_secs(5 * 60 * 60));
    verify(&maru, OWNER, &assignment).await.expect_problem(409, "assignment_over");
}

#[tokio::test(flavor = "multi_thread")]
async fn five_photos_are_looked_at_and_what_nobody_looked_at_does_not_count() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    announce(&maru, OWNER, &assignment, 100).await.expect(201);
    let link = verify(&maru, OWNER, &assignment).await.expect(202);
    maru.settle().await;
    assert_eq!(job(&maru, OWNER, &link).await["error"]["code"], "photo_missing");
    assert_eq!(mine(&maru, OWNER).await["items"][0]["triesLeft"], 5);
    for number in 0..5 {
        let job = shown(&maru, OWNER, &assignment, &blank(number)).await;
        assert_eq!(json!([job["status"], job["result"]["verified"]]), json!(["succeeded", false]), "{job:#}");
        // The same photo is not looked at again.
        let again = verify(&maru, OWNER, &assignment).await.expect(202);
        assert_eq!(again["job"]["id"], job["id"]);
        let left = 4 - u64::from(number);
        assert_eq!(mine(&maru, OWNER).await["items"][0]["triesLeft"], left);
    }
    upload(&maru, OWNER, &assignment, &photo(9)).await;
    verify(&maru, OWNER, &assignment).await.expect_problem(409, "no_tries_left");
    assert_eq!(maru.stack.parts().bedrock.calls().len(), 5);
}

#[tokio::test]
async fn refuses_whoever_has_no_account() {
    let maru = hunt(&[]).await;
    for token in ["", "not.a.token"] {
        let answer =
            maru.request(Method::POST, "/missions/assignments/asg_1/verify", token).send().await.unwrap();
        maru_testing::Answer::read(answer).await.expect_problem(401, "unauthenticated");
    }
}

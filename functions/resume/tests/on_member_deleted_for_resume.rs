use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};
use serde_json::{Value, json};

use crate::create_resume_edit::{edit, post};
use crate::{OTHER, OWNER, RESUME, document, happens, invoke, patch, table, token, with_resume};

const FUNCTION: &str = "on_member_deleted_for_resume";

async fn leaves(maru: &maru_testing::Maru) {
    let left = json!({ "userId": OWNER, "deletedAt": "2026-01-15T15:10:00Z" });
    happens(maru, FUNCTION, "member.deleted", &left).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_member_who_left_is_erased_and_a_record_says_so() {
    let maru = with_resume().await;
    let token = token(&maru, OWNER);
    table::put_resume(&maru, OTHER, "res_2", &document()).await;
    patch(&maru, &json!({ "visibility": "PUBLIC", "template": "star" })).await;
    post(&maru, &edit("더 짧게")).await.expect(202);
    maru.settle().await;
    maru.client
        .get(format!("{}/resumes/{RESUME}/pdf", maru.stack.url()))
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    for (pk, sk) in [("GITHUB#usr_owner", "CONNECTION"), ("PROFILE#usr_owner", "PROFILE")] {
        table::put(&maru, &json!({ "pk": pk, "sk": sk })).await;
    }
    table::put_pro(&maru, OWNER).await;

    leaves(&maru).await;
    maru.settle().await;
    assert_eq!(table::card(&maru, RESUME).await["card"], Value::Null);
    for partition in ["RESUMES#", "PROFILE#", "GITHUB#"] {
        let items = table::items(&maru, &format!("{partition}{OWNER}")).await;
        assert_eq!(items, [] as [Value; 0], "{partition}");
    }
    for partition in ["CREDITS#", "PLAN#"] {
        let items = table::credit_items(&maru, &format!("{partition}{OWNER}")).await;
        assert_eq!(items, [] as [Value; 0], "{partition}");
    }
    assert_eq!(table::items(&maru, &format!("RESUME#{OWNER}#{RESUME}")).await, [] as [Value; 0]);
    let record = table::items(&maru, &format!("ERASURE#{OWNER}")).await.remove(0);
    assert_eq!(
        record["what"],
        json!({
            "resumes": 1, "versionsAndEdits": 5, "files": 1, "github": 1, "credits": 1, "plan": 1, "profile": 1,
            "answers": 0,
        })
    );
    assert!(record["erasedAt"].is_string() && record["deletedAt"] == "2026-01-15T15:10:00Z", "{record}");

    // Another member's is untouched, and the event told again changes nothing.
    maru.get("/resumes/res_2", &crate::token(&maru, OTHER)).await.expect(200);
    leaves(&maru).await;
    assert_eq!(table::items(&maru, &format!("ERASURE#{OWNER}")).await, [record]);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_can_start_nothing_with_an_old_token() {
    let maru = with_resume().await;
    leaves(&maru).await;
    table::put_resume(&maru, OWNER, RESUME, &document()).await;
    post(&maru, &edit("더 짧게")).await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_at_any_call_leaves_nothing_to_the_next_but_the_rest() {
    let mut crashes = 0;
    for at_call in 1.. {
        let maru = with_resume().await;
        patch(&maru, &json!({ "visibility": "PUBLIC" })).await;
        table::put(&maru, &json!({ "pk": format!("PROFILE#{OWNER}"), "sk": "PROFILE" })).await;
        table::put_pro(&maru, OWNER).await;
        let (function, moment) = (FUNCTION.to_owned(), Moment::After);
        maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation: None, moment });
        let left = json!({ "userId": OWNER, "deletedAt": "2026-01-15T15:10:00Z" });
        let died = invoke(&maru, FUNCTION, "member.deleted", &left).await.is_err();
        maru.stack.parts().crashes.disarm();
        if !died {
            break;
        }
        crashes += 1;
        invoke(&maru, FUNCTION, "member.deleted", &left).await.unwrap();
        maru.stack.clock().advance(Duration::from_secs(120));
        maru.stack.run_scheduled("cron_relay_messages").await.unwrap();
        maru.settle().await;
        let case = format!("call {at_call}");
        assert_eq!(table::items(&maru, &format!("RESUMES#{OWNER}")).await, [] as [Value; 0], "{case}");
        let rest = table::items(&maru, &format!("RESUME#{OWNER}#{RESUME}")).await;
        assert_eq!(rest, [] as [Value; 0], "{case}");
        assert_eq!(table::items(&maru, &format!("PROFILE#{OWNER}")).await, [] as [Value; 0], "{case}");
        assert_eq!(table::credit_items(&maru, &format!("PLAN#{OWNER}")).await, [] as [Value; 0], "{case}");
        assert_eq!(table::card(&maru, RESUME).await["card"], Value::Null, "{case}");
        let record = table::items(&maru, &format!("ERASURE#{OWNER}")).await.remove(0);
        let what = &record["what"];
        assert_eq!(json!([what["resumes"], what["profile"], what["plan"]]), json!([1, 1, 1]), "{case}");
    }
    assert!(crashes > 10, "the worker makes many calls: {crashes}");
}

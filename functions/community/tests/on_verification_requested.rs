//! Photos that are looked at.

use std::sync::Arc;
use std::time::Duration;

use maru_jobs::MOST_ATTEMPTS;
use maru_stack::bedrock::FaultKind;
use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::{Maru, Said, Script};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::hunters::{
    OTHER, OWNER, SUN, announce, blank, drawn, hunt, hunt_with, job, mine, photo, points, sees, shown,
    upload, verify,
};
use crate::people::{leaves, read};

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_shows_it_gives_the_points_once_and_levels_keep_what_is_over() {
    let maru = hunt(&[("하늘", "SUNNY", 70), ("산책", "ANY", 60), ("계단", "ANY", 75)]).await;
    let mut sum = 0;
    for (number, slot) in ["MORNING", "AFTERNOON", "EVENING"].into_iter().enumerate() {
        let assignment = drawn(&maru, OWNER, slot).await;
        let job = shown(&maru, OWNER, &assignment, &photo(number as u8)).await;
        let result = &job["result"];
        assert_eq!(json!([job["status"], result["verified"]]), json!(["succeeded", true]), "{job:#}");
        assert!(result["reason"].as_str().unwrap().contains("오프라인 모델"), "{result:#}");
        sum += result["points"].as_u64().unwrap();
        assert_eq!(points(&maru, OWNER).await, json!([sum, sum / 100 + 1, sum % 100]));
        assert_eq!(job["usage"]["calls"], 1);
    }
    assert_eq!(sum, 205);
    assert_eq!(read(&maru, "/rankings", OWNER).await["me"]["points"], 205);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_does_not_show_it_leaves_it_open_with_the_reason_told() {
    let no = json!({ "what": "우산 없는 길", "shows": false, "reason": "우산이 보이지 않아요." });
    let script = Script::of(&[no]);
    let maru = hunt_with(script.model().await, &[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    let job = shown(&maru, OWNER, &assignment, &photo(1)).await;
    assert_eq!(
        json!([job["status"], job["result"]["verified"], job["result"]["points"]]),
        json!(["succeeded", false, 0])
    );
    let item = mine(&maru, OWNER).await["items"][0].clone();
    assert_eq!(json!([item["status"], item["verdict"]["reason"]]), json!(["open", "우산이 보이지 않아요."]));
    assert_eq!(points(&maru, OWNER).await, json!([0, 1, 0]));
    // The picture went along, as a JPEG of ours, and the question about it.
    let asked = script.asked().pop().unwrap();
    assert!(
        asked.contains("data:image/jpeg;base64,/9j/") && asked.contains("사진에 무엇이 있나요?"),
        "{asked}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_photo_is_too_large_or_was_used_is_refused_without_a_model() {
    let maru = hunt(&[("산책", "ANY", 40), ("계단", "ANY", 20)]).await;
    let used = drawn(&maru, OTHER, "MORNING").await;
    shown(&maru, OTHER, &used, &photo(1)).await;
    let calls = maru.stack.parts().bedrock.calls().len();
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    let broken = &photo(2)[..40];
    for (file, code) in [
        (b"<html><script>alert(1)</script></html>".to_vec(), "not_a_photo"),
        (broken.to_vec(), "not_a_photo"),
        (photo(1), "photo_used"),
    ] {
        let job = shown(&maru, OWNER, &assignment, &file).await;
        assert_eq!(json!([job["status"], job["error"]["code"]]), json!(["failed", code]), "{job:#}");
    }
    // One that is larger than its address takes, by whoever may write in the bucket.
    announce(&maru, OWNER, &assignment, 100).await.expect(201);
    let key = newest_photo(&maru, &assignment).await;
    put_object(&maru, &format!("photos/{OWNER}/{key}"), vec![0xff; 20_000_000]).await;
    let link = verify(&maru, OWNER, &assignment).await.expect(202);
    maru.settle().await;
    assert_eq!(job(&maru, OWNER, &link).await["error"]["code"], "photo_too_large");
    assert_eq!(maru.stack.parts().bedrock.calls().len(), calls);
    assert_eq!(mine(&maru, OWNER).await["items"][0]["triesLeft"], 1);
    assert_eq!(points(&maru, OWNER).await, json!([0, 1, 0]));
}

/// The photo that was announced last.
async fn newest_photo(maru: &Maru, assignment: &str) -> String {
    let table = crate::people::table(maru);
    let keys = table.keys_beginning(&format!("ASSIGNMENTS#{OWNER}"), "DAY#").await.unwrap();
    for key in keys {
        let item: Value = table.get(&key, true).await.unwrap().unwrap();
        if item["id"] == assignment {
            return item["photo"]["id"].as_str().unwrap().to_owned();
        }
    }
    panic!("{assignment} has no photo")
}

async fn put_object(maru: &Maru, key: &str, bytes: Vec<u8>) {
    let mut buckets = maru.stack.parts().template.buckets.iter();
    let bucket = buckets.find(|bucket| bucket.logical_id == "PhotosBucket").unwrap();
    let configuration =
        aws_sdk_s3::config::Builder::from(&maru.stack.sdk_config()).force_path_style(true).build();
    let put = aws_sdk_s3::Client::from_conf(configuration).put_object().bucket(&bucket.name).key(key);
    put.body(bytes.into()).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_fails_takes_no_try_and_the_same_photo_can_be_looked_at_again() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    maru.stack.parts().bedrock.push_fault(FaultKind::Throttle, 1);
    let failed = shown(&maru, OWNER, &assignment, &photo(1)).await;
    assert_eq!(failed["error"]["code"], "model_throttled", "{failed:#}");
    assert_eq!(mine(&maru, OWNER).await["items"][0]["triesLeft"], 5);
    // One that answers outside the form is told so, and answers again.
    maru.stack.parts().bedrock.push_fault(FaultKind::Garbage, 1);
    let link = verify(&maru, OWNER, &assignment).await.expect(202);
    maru.settle().await;
    let job = job(&maru, OWNER, &link).await;
    assert_eq!(json!([job["result"]["verified"], job["usage"]["calls"]]), json!([true, 2]), "{job:#}");
    assert_eq!(points(&maru, OWNER).await, json!([40, 1, 40]));
}

/// Both are at the model before either is settled.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_photos_of_one_mission_that_are_looked_at_at_once_one_gives_the_points() {
    let gate = Arc::new(Semaphore::new(0));
    let yes = json!({ "what": "길", "shows": true, "reason": "길이 보여요." }).to_string();
    let (begin, end) = yes.split_at(5);
    let pieces = vec![begin.to_owned(), end.to_owned()];
    let script = Script::answering({
        let gate = Arc::clone(&gate);
        move |_| Said::InPieces(pieces.clone(), Arc::clone(&gate))
    });
    let maru = hunt_with(script.model().await, &[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    let mut jobs = Vec::new();
    for number in 1..=2 {
        upload(&maru, OWNER, &assignment, &photo(number)).await;
        jobs.push(verify(&maru, OWNER, &assignment).await.expect(202));
        while script.asked().len() < usize::from(number) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    gate.add_permits(2);
    maru.settle().await;
    let mut ends = Vec::new();
    for link in &jobs {
        let job = job(&maru, OWNER, link).await;
        ends.push(job["error"]["code"].as_str().unwrap_or("succeeded").to_owned());
    }
    ends.sort();
    assert_eq!(ends, ["already_verified", "succeeded"]);
    assert_eq!(points(&maru, OWNER).await, json!([40, 1, 40]));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_photo_of_two_members_gives_points_once() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let other = drawn(&maru, OTHER, "MORNING").await;
    // A photo that two members have looked at at the same moment.
    sees(&maru, "usr_third", SUN).await;
    let third = drawn(&maru, "usr_third", "MORNING").await;
    upload(&maru, OTHER, &other, &photo(7)).await;
    upload(&maru, "usr_third", &third, &photo(7)).await;
    let (a, b) = tokio::join!(verify(&maru, OTHER, &other), verify(&maru, "usr_third", &third));
    a.expect(202);
    b.expect(202);
    maru.settle().await;
    let sum = points(&maru, OTHER).await[0].as_u64().unwrap()
        + points(&maru, "usr_third").await[0].as_u64().unwrap();
    assert_eq!(sum, 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_at_any_call_and_messages_that_come_twice_give_the_points_once() {
    let mut crashes = 0;
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = hunt(&[("산책", "ANY", 40)]).await;
            let assignment = drawn(&maru, OWNER, "MORNING").await;
            upload(&maru, OWNER, &assignment, &photo(1)).await;
            let function = "on_verification_requested".to_owned();
            maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let link = verify(&maru, OWNER, &assignment).await.expect(202);
            maru.settle().await;
            if !maru.stack.parts().crashes.hit() {
                break;
            }
            crashes += 1;
            // Until the message comes back, and the job is due besides.
            maru.stack.clock().advance(Duration::from_secs(1_081));
            maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
            maru.settle().await;
            let case = format!("{moment:?} call {at_call}");
            let job = job(&maru, OWNER, &link).await;
            assert_eq!(
                json!([job["status"], job["result"]["verified"]]),
                json!(["succeeded", true]),
                "{case}: {job:#}"
            );
            assert_eq!(points(&maru, OWNER).await, json!([40, 1, 40]), "{case}");
            assert!(maru.stack.parts().bedrock.calls().len() <= 2, "{case}");
        }
    }
    assert!(crashes > 15, "the worker makes many calls: {crashes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_at_which_every_worker_dies_costs_its_try() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    upload(&maru, OWNER, &assignment, &photo(1)).await;
    let die = || {
        let (function, operation) = ("on_verification_requested".to_owned(), Some("GetObject".to_owned()));
        maru.stack.parts().crashes.arm(CrashPlan { function, at_call: 1, operation, moment: Moment::After });
    };
    die();
    let link = verify(&maru, OWNER, &assignment).await.expect(202);
    maru.settle().await;
    for number in 0..MOST_ATTEMPTS {
        assert!(maru.stack.parts().crashes.hit(), "{number}");
        if number + 1 < MOST_ATTEMPTS {
            die();
        }
        maru.stack.clock().advance(Duration::from_secs(1_081));
        maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
        maru.settle().await;
    }
    assert_eq!(job(&maru, OWNER, &link).await["error"]["code"], "attempts_exhausted");
    assert_eq!(mine(&maru, OWNER).await["items"][0]["triesLeft"], 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_ends_while_the_photo_waits_is_not_missed() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    upload(&maru, OWNER, &assignment, &photo(1)).await;
    let function = "on_verification_requested".to_owned();
    let plan = CrashPlan { function, at_call: 1, operation: None, moment: Moment::Before };
    maru.stack.parts().crashes.arm(plan);
    let link = verify(&maru, OWNER, &assignment).await.expect(202);
    maru.settle().await;
    maru.stack.clock().advance(Duration::from_secs(5 * 60 * 60));
    maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
    maru.settle().await;
    assert_eq!(job(&maru, OWNER, &link).await["result"]["points"], 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_one_colour_does_not_do_and_who_left_gets_nothing() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    let job = shown(&maru, OWNER, &assignment, &blank(200)).await;
    assert_eq!(job["result"]["verified"], false, "{job:#}");
    upload(&maru, OWNER, &assignment, &photo(1)).await;
    let function = "on_verification_requested".to_owned();
    let plan = CrashPlan { function, at_call: 1, operation: None, moment: Moment::Before };
    maru.stack.parts().crashes.arm(plan);
    verify(&maru, OWNER, &assignment).await.expect(202);
    maru.settle().await;
    leaves(&maru, OWNER).await;
    maru.stack.clock().advance(Duration::from_secs(1_081));
    maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
    maru.settle().await;
    assert_eq!(read(&maru, "/rankings", "").await["items"], json!([]));
}

//! Warnings issued, raised and lifted by hand.

use serde_json::json;

use super::*;

impl Service {
    async fn change(&self, change: Value) -> (u16, Value) {
        let request = self.client.post(format!("{}/warnings", self.base)).json(&change);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Level by zone.
    async fn standing(&self) -> Vec<(String, i64)> {
        let request = self.client.get(format!("{}/warnings", self.base));
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        let warnings = answer["inForce"].as_array().unwrap().iter();
        warnings
            .map(|each| (each["zone"].as_str().unwrap().to_owned(), each["level"].as_i64().unwrap()))
            .collect()
    }
}

#[tokio::test]
async fn a_warning_is_issued_raised_and_lifted_and_the_log_tells_it() {
    let service = Service::start().await;
    let change = |command| json!({ "province": "11", "kind": 1, "command": command });
    assert_eq!(service.change(change("issue")).await.0, 200);
    assert_eq!(service.standing().await, [("L1100100".to_owned(), 0)]);
    assert_eq!(service.change(change("raise")).await.0, 200);
    assert_eq!(service.standing().await, [("L1100100".to_owned(), 1)]);
    let lift = json!({ "zone": "L1100100", "kind": 1, "command": "lift" });
    assert_eq!(service.change(lift.clone()).await.1["inForce"], json!([]));
    let items = service.items(WARNINGS, &[]).await;
    let log: Vec<_> = items
        .iter()
        .map(|item| (item["command"].as_str().unwrap(), item["tmSeq"].as_i64().unwrap()))
        .collect();
    assert_eq!(log, [("2", 3), ("7", 2), ("1", 1)]);
    assert_eq!(items[0]["allEndTime"], 202_611_211_200_i64, "the zone has none left");
    let (status, answer) = service.change(lift).await;
    assert_eq!((status, answer["message"].is_string()), (400, true), "there is nothing to lift");
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_changes_nothing() {
    let service = Service::start().await;
    for wrong in [
        json!({ "province": "99", "kind": 1, "command": "issue" }),
        json!({ "kind": 1, "command": "issue" }),
        json!({ "province": "11", "kind": 1, "level": 3, "command": "issue" }),
        json!({ "province": "11", "kind": 1, "command": "raise" }),
        json!({ "province": "11", "kind": 1, "command": "shout" }),
        json!({ "province": "11", "kind": 1, "command": "issue", "extra": true }),
    ] {
        assert_eq!(service.change(wrong.clone()).await.0, 400, "{wrong}");
    }
    assert_eq!(service.standing().await, []);
}

#[tokio::test]
async fn a_person_does_the_same_on_the_page() {
    let service = Service::start().await;
    let page = service.client.get(&service.base).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("지어낸") && page.contains("value=\"L1100100\""), "{page}");
    let form = service.client.post(&service.base).body("zone=L1100100&kind=2&command=issue");
    let answer = form.send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()),
        (302, "/_partners/kma")
    );
    let page = service.client.get(&service.base).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("<strong>호우주의보</strong> 서울동남권"), "{page}");
}

#[tokio::test]
async fn pages_of_this_machine_may_ask_and_no_others() {
    let service = Service::start().await;
    for (origin, allowed) in
        [("http://127.0.0.1:3000", true), ("http://localhost:8080", true), ("https://evil.test", false)]
    {
        let request = service.client.get(format!("{}/warnings", service.base)).header("origin", origin);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers().contains_key("access-control-allow-origin"), allowed, "{origin}");
    }
}

#[tokio::test]
async fn what_was_issued_by_hand_is_there_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let service = Service::with(Answers::kept_in(directory.path()).unwrap()).await;
    service.change(json!({ "province": "26", "kind": 2, "level": 1, "command": "issue" })).await;
    let restarted = Service::with(Answers::kept_in(directory.path()).unwrap()).await;
    assert_eq!(restarted.standing().await, [("L1082700".to_owned(), 1)]);
    std::fs::write(directory.path().join("kma-warnings.json"), "[{}]").unwrap();
    assert!(Answers::kept_in(directory.path()).is_err(), "something else is not forgotten silently");
}

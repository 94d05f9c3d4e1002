//! Pages and rows of the log that are missing or cannot be read.

use std::path::{Path, PathBuf};

use maru_province::Province;
use maru_testing::Maru;
use maru_testing::kma::Answers;
use serde_json::{Value, json};

use super::recorded::folder;
use crate::warned::{alerts, an_hour_later, is_in, look, rooms, setup, told};

/// How many rows a page has.
const ROWS: usize = 2;

/// A zone in Seoul, and one in Busan.
const ZONES: [(&str, &str); 2] = [("L1100100", "서울동남권"), ("L1082700", "부산서부")];

/// What the text of the state says while all is in force.
const BOTH: &str = "o 호우경보 : 서울동남권, 부산서부";

/// A row of a zone at a minute of the day before, of rain.
fn row(minute: u64, zone: usize, command: u8, level: u8) -> Value {
    let (at, (code, name)) = (202_601_150_000 + minute, ZONES[zone]);
    let (start, end) = if command == 2 { (0, at) } else { (at, 0) };
    json!({
        "stnId": "108", "tmFc": at, "tmSeq": 1, "areaCode": code, "areaName": name, "warnVar": 2, "warnStress": level,
        "command": command.to_string(), "cancel": "0", "startTime": start, "endTime": end, "allEndTime": 0,
    })
}

fn answer(items: &[Value], page: usize, rows: usize, total: usize) -> Value {
    let body = json!({
        "dataType": "JSON", "items": { "item": items }, "pageNo": page, "numOfRows": rows, "totalCount": total,
    });
    json!({ "response": { "header": { "resultCode": "00", "resultMsg": "NORMAL_SERVICE" }, "body": body } })
}

/// The service, whose answers are files.
struct Service(PathBuf);

impl Service {
    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    /// The log is these rows, the newest first, page by page.
    fn log(&self, rows: &[Value]) {
        for file in std::fs::read_dir(&self.0).unwrap() {
            let path = file.unwrap().path();
            if is_of_the_log(&path) {
                std::fs::remove_file(path).unwrap();
            }
        }
        for (number, page) in (1..).zip(rows.chunks(ROWS)) {
            let answer = answer(page, number, ROWS, rows.len());
            self.write(&format!("getPwnCd.page{number}.json"), &answer.to_string());
        }
    }

    fn text(&self, text: &str) {
        let status = json!({
            "tmFc": 202_601_150_000_u64, "tmSeq": 9, "tmEf": "202601160000", "t6": text, "t7": "o 없음", "other": "o 없음",
        });
        self.write("getPwnStatus.json", &answer(&[status], 1, 10, 1).to_string());
    }
}

fn is_of_the_log(path: &Path) -> bool {
    path.file_name().unwrap().to_str().unwrap().starts_with("getPwnCd")
}

/// Five rows: in both zones rain that was raised, and one that was over before.
fn log() -> Vec<Value> {
    vec![row(500, 1, 7, 1), row(400, 0, 7, 1), row(300, 1, 1, 0), row(200, 0, 1, 0), row(100, 0, 2, 0)]
}

/// A stack that has seen the whole log, and the name of the folder of its answers.
async fn seen(name: &str) -> (Maru, Service) {
    let service = Service(folder(name));
    service.log(&log());
    service.text(BOTH);
    let maru = setup().kma(Answers::recorded(&service.0).unwrap()).start().await;
    is_in(&maru, "usr_seoul", Province::Seoul).await;
    is_in(&maru, "usr_busan", Province::Busan).await;
    look(&maru).await;
    assert_eq!(state(&maru).await.1, ["서울동남권 호우경보", "부산서부 호우경보"]);
    (maru, service)
}

/// The rooms, the alerts, and how often people were told.
async fn state(maru: &Maru) -> (Vec<Value>, Vec<String>, [usize; 2]) {
    let told = [told(maru, "usr_seoul").await.len(), told(maru, "usr_busan").await.len()];
    (rooms(maru).await, alerts(maru, "").await, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_fails_in_the_middle_of_the_log_changes_nothing() {
    let (maru, service) = seen("middle").await;
    let before = state(&maru).await;
    // Both are over by the first page.
    let over = [vec![row(700, 1, 2, 0), row(600, 0, 2, 0)], log()].concat();
    let refusal = r#"{"response":{"header":{"resultCode":"02","resultMsg":"DB_ERROR"}}}"#;
    let no_data = r#"{"response":{"header":{"resultCode":"03","resultMsg":"NO_DATA"}}}"#;
    for page in [2, 3] {
        for bad in ["<html>502</html>", refusal, no_data, ""] {
            service.log(&over);
            service.write(&format!("getPwnCd.page{page}.json"), bad);
            assert!(maru.stack.run_scheduled("cron_refresh_alerts").await.is_err(), "page {page}: {bad}");
            maru.settle().await;
            assert_eq!(state(&maru).await, before, "page {page}: {bad}");
            // The service is asked no more for a while after some answers.
            maru.stack.clock().advance(std::time::Duration::from_secs(86_400));
        }
    }
    service.log(&over);
    look(&maru).await;
    assert_eq!(state(&maru).await, (vec![], vec![], [2, 2]));
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_vanish_for_an_hour_close_nothing_and_tell_nobody() {
    for missing in [vec![0, 1], vec![0, 1, 2, 3], vec![2, 3], vec![1, 2], vec![0, 1, 2]] {
        let (maru, service) = seen("vanish").await;
        let before = state(&maru).await;
        let rest = log().into_iter().enumerate().filter(|(place, _)| !missing.contains(place));
        service.log(&rest.map(|(_, row)| row).collect::<Vec<_>>());
        an_hour_later(&maru).await;
        assert_eq!(state(&maru).await, before, "{missing:?}");
        // Neither do they while the text cannot be read, and the hour is one like others.
        service.write("getPwnStatus.json", "<html>502</html>");
        an_hour_later(&maru).await;
        assert_eq!(state(&maru).await, before, "{missing:?}");
        service.text(BOTH);
        service.log(&log());
        an_hour_later(&maru).await;
        assert_eq!(state(&maru).await, before, "{missing:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_read_any_more_closes_nothing() {
    let (maru, service) = seen("unreadable").await;
    let before = state(&maru).await;
    for (field, value) in [("warnStress", json!("?")), ("tmFc", json!(0)), ("warnVar", json!("호우"))] {
        let mut log = log();
        log[0][field] = value;
        service.log(&log);
        an_hour_later(&maru).await;
        assert_eq!(state(&maru).await, before, "{field}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_neither_the_log_nor_the_text_names_any_more_is_over() {
    let (maru, service) = seen("over").await;
    service.log(&log()[4..]);
    service.text("o 호우주의보 : 서울동남권");
    an_hour_later(&maru).await;
    assert_eq!(state(&maru).await, (vec![], vec![], [2, 2]));
}

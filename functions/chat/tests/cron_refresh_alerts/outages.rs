//! The weather service does not say which warnings there are, or not all of it.

use std::path::PathBuf;
use std::time::Duration;

use maru_province::Province;
use maru_testing::kma::{Answers, BUSAN, SEOUL, changed, issued, lifted};

use crate::warned::{alerts, an_hour_later, is_in, look, names, setup, told};

#[tokio::test(flavor = "multi_thread")]
async fn while_the_service_is_down_nothing_is_closed_and_nothing_is_lost_when_it_returns() {
    let maru = setup().start().await;
    is_in(&maru, "usr_a", Province::Seoul).await;
    maru.kma().warnings([
        issued("2026-01-16T00:00", SEOUL, 2, 0),
        changed("2026-01-16T02:00", SEOUL, 2, 1),
        issued("2026-01-16T03:00", BUSAN, 1, 0),
    ]);
    look(&maru).await;
    maru.kma().down();
    for _ in 0..6 {
        maru.stack.clock().advance(Duration::from_secs(3_600));
        assert!(maru.stack.run_scheduled("cron_refresh_alerts").await.is_err());
        maru.settle().await;
        assert_eq!(alerts(&maru, "").await, ["서울동남권 호우주의보"]);
    }
    maru.kma().up();
    an_hour_later(&maru).await;
    assert_eq!(names(&maru).await, ["서울 호우경보 채팅방", "부산 강풍주의보 채팅방"]);
    assert_eq!(told(&maru, "usr_a").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_really_empty_closes_what_was_open() {
    let maru = setup().start().await;
    maru.kma().warnings([issued("2026-01-16T00:00", SEOUL, 2, 0)]);
    look(&maru).await;
    maru.kma().warnings([]);
    look(&maru).await;
    assert_eq!(names(&maru).await, [""; 0]);
    assert!(maru.kma().calls("getPwnStatus") > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_log_while_the_service_names_warnings_closes_nothing() {
    let answers = recorded("contradiction");
    let write = |name: &str, text: &str| std::fs::write(answers.join(name), text).unwrap();
    write("getPwnCd.json", LOG);
    let maru = setup().kma(Answers::recorded(&answers).unwrap()).start().await;
    look(&maru).await;
    assert_eq!(alerts(&maru, "").await, ["서울동남권 호우주의보"]);
    write("getPwnCd.json", NO_DATA);
    write("getPwnStatus.json", &STATUS.replace("{t6}", "o 호우주의보 : 서울동남권"));
    assert!(maru.stack.run_scheduled("cron_refresh_alerts").await.is_err());
    // Neither does one while its other word cannot be read.
    write("getPwnStatus.json", "<html>");
    assert!(maru.stack.run_scheduled("cron_refresh_alerts").await.is_err());
    // Or says nothing.
    write("getPwnStatus.json", &STATUS.replace("{t6}", " "));
    assert!(maru.stack.run_scheduled("cron_refresh_alerts").await.is_err());
    std::fs::remove_file(answers.join("getPwnStatus.json")).unwrap();
    assert!(maru.stack.run_scheduled("cron_refresh_alerts").await.is_err());
    assert_eq!(alerts(&maru, "").await, ["서울동남권 호우주의보"]);
    write("getPwnStatus.json", &STATUS.replace("{t6}", "o 없음"));
    look(&maru).await;
    assert_eq!(alerts(&maru, "").await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_that_is_older_than_the_log_goes_back_stays_until_it_is_lifted() {
    let maru = setup().start().await;
    maru.kma().warnings([issued("2026-01-16T00:00", SEOUL, 4, 0)]);
    look(&maru).await;
    maru.stack.clock().advance(Duration::from_secs(70 * 86_400));
    maru.kma().append(issued("2026-03-20T00:00", BUSAN, 1, 0));
    look(&maru).await;
    assert_eq!(alerts(&maru, "&region=11").await, ["서울동남권 건조주의보"]);
    maru.kma().append(lifted("2026-03-26T00:00", SEOUL, 4));
    look(&maru).await;
    assert_eq!(alerts(&maru, "&region=11").await, [""; 0]);
}

fn recorded(name: &str) -> PathBuf {
    let directory = std::env::temp_dir().join(format!("maru-alerts-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

const NO_DATA: &str = r#"{"response":{"header":{"resultCode":"03","resultMsg":"NO_DATA"}}}"#;

const LOG: &str = r#"{"response":{"header":{"resultCode":"00","resultMsg":"NORMAL_SERVICE"},"body":{"dataType":"JSON","items":
{"item":[{"stnId":"108","tmFc":202601160000,"tmSeq":1,"areaCode":"L1100100","areaName":"서울동남권","warnVar":2,
"warnStress":0,"command":"1","cancel":"0","startTime":202601160000,"endTime":0,"allEndTime":0}]},"pageNo":1,
"numOfRows":1000,"totalCount":1}}}"#;

const STATUS: &str = r#"{"response":{"header":{"resultCode":"00","resultMsg":"NORMAL_SERVICE"},"body":{"dataType":"JSON","items":
{"item":[{"tmFc":202601160000,"tmSeq":1,"tmEf":"202601160000","t6":"{t6}","t7":"o 없음","other":"o 없음"}]},"pageNo":1,
"numOfRows":10,"totalCount":1}}}"#;

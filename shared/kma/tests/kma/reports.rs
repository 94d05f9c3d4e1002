//! Special reports.

use jiff::civil::date;
use maru_kma::{Kma, KmaError, ReportRow};
use serde_json::{Value, json};

use crate::server::{Portal, listed, listed_of, refused};

/// A line as the service was seen to send it.
fn line(number: u64) -> Value {
    json!({
        "stnId": "108", "tmFc": 202_611_201_800_u64, "tmSeq": number, "areaCode": "L1082700", "areaName": "부산서부",
        "warnVar": 1, "warnStress": 0, "command": "1", "cancel": "0", "startTime": 202_611_202_000_u64, "endTime": 0,
        "allEndTime": 0,
    })
}

async fn read(kma: &Kma) -> Result<Vec<ReportRow>, KmaError> {
    kma.special_reports(date(2026, 11, 1), date(2026, 11, 21)).await
}

#[tokio::test]
async fn a_line_is_read_whichever_fields_are_texts_and_which_numbers() {
    let texts = json!({
        "stnId": 108, "tmFc": "202611201800", "tmSeq": "53", "areaCode": "L1082700", "areaName": "부산서부",
        "warnVar": "1", "warnStress": "0", "command": 1, "cancel": 0, "startTime": "202611202000", "endTime": "0",
    });
    for item in [line(53), texts] {
        let portal = Portal::start(move |_| listed(std::slice::from_ref(&item))).await;
        let rows = read(&portal.kma()).await.unwrap();
        let expected = ReportRow {
            office: "108".to_owned(),
            issued_at: "2026-11-20T09:00:00Z".parse().unwrap(),
            sequence: 53,
            area_code: "L1082700".to_owned(),
            area_name: "부산서부".to_owned(),
            kind: 1,
            level: 0,
            command: 1,
            withdrawn: false,
            start: Some("2026-11-20T11:00:00Z".parse().unwrap()),
            end: None,
            all_end: None,
        };
        assert_eq!(rows, [expected]);
        let asked = &portal.asked()[0];
        assert!(asked.target.starts_with("/1360000/WthrWrnInfoService/getPwnCd?"), "{}", asked.target);
        assert_eq!((asked.field("fromTmFc"), asked.field("toTmFc")), ("20261101", "20261121"));
        assert_eq!(asked.field("dataType"), "JSON");
    }
}

#[tokio::test]
async fn unknown_kinds_levels_and_commands_are_kept_and_lines_without_a_kind_left_out() {
    let mut new = line(1);
    new["warnVar"] = json!(13);
    new["warnStress"] = json!(2);
    new["cancel"] = json!("1");
    let mut broken = line(2);
    broken["warnVar"] = json!(null);
    let mut odd = line(3);
    odd["warnStress"] = json!("많음");
    let portal = Portal::start(move |_| listed(&[new.clone(), broken.clone(), odd.clone()])).await;
    let rows = read(&portal.kma()).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.kind, row.level, row.withdrawn)).collect();
    assert_eq!(told, [(13, 2, true)]);
}

#[tokio::test]
async fn pages_are_read_until_a_short_one_and_a_line_on_two_of_them_counts_once() {
    // The total that the portal tells is wrong.
    let portal = Portal::start(|asked| match asked.field("pageNo") {
        "1" => listed(&(0..1_000).map(line).collect::<Vec<_>>()),
        "2" => listed(&(999..1_999).map(line).collect::<Vec<_>>()),
        "3" => listed(&[line(1_998), line(1_999)]),
        page => panic!("page {page}"),
    })
    .await;
    let rows = read(&portal.kma()).await.unwrap();
    assert_eq!(rows.len(), 2_000);
    assert_eq!(portal.asked().len(), 3);
    assert_eq!(portal.asked()[2].field("numOfRows"), "1000");
}

#[tokio::test]
async fn a_full_last_page_is_followed_by_one_without_data() {
    let portal = Portal::start(|asked| match asked.field("pageNo") {
        "1" => listed(&(0..1_000).map(line).collect::<Vec<_>>()),
        _ => refused("03", "NO_DATA"),
    })
    .await;
    assert_eq!(read(&portal.kma()).await.unwrap().len(), 1_000);
}

#[tokio::test]
async fn pages_that_are_smaller_than_was_asked_for_are_read_to_their_end() {
    // Whether it says so or not: then the total tells that there are more.
    for size in [500, 1_000] {
        let portal = Portal::start(move |asked| match asked.field("pageNo").parse().unwrap() {
            page @ 1..=2 => {
                listed_of(&((page - 1) * 500..page * 500).map(line).collect::<Vec<_>>(), (size, 1_200))
            }
            3 => listed_of(&(1_000..1_200).map(line).collect::<Vec<_>>(), (size, 1_200)),
            page => panic!("page {page}"),
        })
        .await;
        assert_eq!(read(&portal.kma()).await.unwrap().len(), 1_200, "{size}");
    }
}

#[tokio::test]
async fn a_log_that_breaks_off_is_no_answer() {
    for nothing in [refused("03", "NO_DATA"), listed_of(&[], (1_000, 2_500))] {
        let portal = Portal::start(move |asked| match asked.field("pageNo") {
            "1" => listed_of(&(0..1_000).map(line).collect::<Vec<_>>(), (1_000, 2_500)),
            "2" => nothing.clone(),
            _ => listed_of(&(2_000..2_500).map(line).collect::<Vec<_>>(), (1_000, 2_500)),
        })
        .await;
        let error = read(&portal.kma()).await.unwrap_err();
        assert!(matches!(error, KmaError::BrokeOff) && error.is_passing(), "{error:?}");
    }
}

#[tokio::test]
async fn a_total_that_is_too_high_does_not_keep_the_log_from_being_read() {
    let portal = Portal::start(|asked| match asked.field("pageNo") {
        "1" => listed_of(&[line(1), line(2)], (1_000, 3)),
        _ => refused("03", "NO_DATA"),
    })
    .await;
    assert_eq!(read(&portal.kma()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn pages_that_do_not_end_are_no_answer() {
    let portal = Portal::start(|_| listed(&(0..1_000).map(line).collect::<Vec<_>>())).await;
    assert!(matches!(read(&portal.kma()).await, Err(KmaError::Malformed(_))));
    assert_eq!(portal.asked().len(), 50);
}

#[tokio::test]
async fn a_quiet_day_has_no_lines_and_too_long_ago_is_our_fault() {
    let portal = Portal::start(|_| refused("03", "NO_DATA")).await;
    assert_eq!(read(&portal.kma()).await.unwrap(), []);
    assert_eq!(portal.kma().warnings_in_force().await.unwrap(), None);
    let message = "최대 조회 기간은 오늘 기준으로 6일 전까지입니다.";
    let portal = Portal::start(move |_| refused("99", message)).await;
    assert!(matches!(read(&portal.kma()).await, Err(KmaError::Range)));
    assert_eq!(portal.asked().len(), 1, "asked once");
}

#[tokio::test]
async fn what_is_in_force_is_the_newest_text() {
    let status =
        |at: u64, text: &str| json!({ "tmFc": at, "tmSeq": 130, "tmEf": at.to_string(), "t6": text });
    let items = [status(202_611_211_100, "o 없음"), status(202_611_211_200, "o 강풍주의보 : 부산서부\r\n")];
    let portal = Portal::start(move |_| listed(&items)).await;
    let status = portal.kma().warnings_in_force().await.unwrap().unwrap();
    assert_eq!(status.text, "o 강풍주의보 : 부산서부");
    assert_eq!(status.holds_from, Some(status.issued_at));
}

#[tokio::test]
async fn what_passes_is_asked_once_more_and_nothing_else_is() {
    for (answer, calls) in [
        ((503, "<html></html>".to_owned()), 2),
        ((200, "<html>점검 중</html>".to_owned()), 2),
        (refused("01", "APPLICATION_ERROR"), 2),
        ((401, "Unauthorized".to_owned()), 1),
        ((429, "API rate limit exceeded".to_owned()), 1),
        (refused("22", "LIMITED"), 1),
        (refused("30", "NOT REGISTERED"), 1),
        (refused("10", "INVALID"), 1),
    ] {
        let told = answer.clone();
        let portal = Portal::start(move |_| told.clone()).await;
        read(&portal.kma()).await.unwrap_err();
        assert_eq!(portal.asked().len(), calls, "{answer:?}");
    }
    let portal = Portal::start(|asked| match asked.number {
        0 => (502, String::new()),
        _ => listed(&[line(1)]),
    })
    .await;
    assert_eq!(read(&portal.kma()).await.unwrap().len(), 1);
}

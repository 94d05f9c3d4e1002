//! The log, its pages, and what is in force.

use super::super::Row;
use super::*;

#[tokio::test]
async fn rows_have_the_mixed_types_that_were_recorded() {
    let service = Service::start().await;
    let issued = Row::issued(at("2026-11-20T18:00"), "L1082700", "부산서부", 1, 0).numbered(53);
    let released = Row::released(at("2026-11-21T04:00"), "L1082700", "부산서부", 1).numbered(68).of_all();
    service.answers.warnings([issued.starting(at("2026-11-20T20:00")), released]);
    let items = service.items(WARNINGS, &[("fromTmFc", "20261120")]).await;
    let expected: Value = serde_json::from_str(
        r#"[{"stnId":"108","tmFc":202611210400,"tmSeq":68,"areaCode":"L1082700","areaName":"부산서부","warnVar":1,
        "warnStress":0,"command":"2","cancel":"0","startTime":0,"endTime":202611210400,"allEndTime":202611210400},
        {"stnId":"108","tmFc":202611201800,"tmSeq":53,"areaCode":"L1082700","areaName":"부산서부","warnVar":1,
        "warnStress":0,"command":"1","cancel":"0","startTime":202611202000,"endTime":0,"allEndTime":0}]"#,
    )
    .unwrap();
    assert_eq!(Value::from(items), expected);
}

#[tokio::test]
async fn the_log_is_of_the_days_the_zone_and_the_kind_that_are_asked_for() {
    let service = Service::start().await;
    let row = |time, zone: &str, kind| Row::issued(at(time), zone, "구역", kind, 0);
    service.answers.warnings([
        row("2026-11-20T23:59", "L1", 1),
        row("2026-11-21T00:00", "L2", 2),
        row("2026-11-21T12:01", "L3", 3),
    ]);
    let zones = async |parameters: &[(&str, &str)]| -> Vec<String> {
        let items = service.items(WARNINGS, parameters).await;
        items.iter().map(|item| item["areaCode"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(zones(&[]).await, ["L2"], "today, and nothing that is not issued yet");
    assert_eq!(zones(&[("fromTmFc", "20261120")]).await, ["L2", "L1"]);
    assert_eq!(zones(&[("fromTmFc", "20261120"), ("toTmFc", "20261120")]).await, ["L1"]);
    assert_eq!(zones(&[("fromTmFc", "20261120"), ("areaCode", "L1")]).await, ["L1"]);
    assert_eq!(zones(&[("fromTmFc", "20261120"), ("warningType", "2")]).await, ["L2"]);
    assert_eq!(service.refused(WARNINGS, &[("stnId", "109")]).await, "03");
    service.set("2026-11-21T03:01:00Z");
    assert_eq!(zones(&[]).await, ["L3", "L2"]);
}

#[tokio::test]
async fn the_log_reaches_back_60_days() {
    let service = Service::start().await;
    assert_eq!(service.refused(WARNINGS, &[("fromTmFc", "20260922")]).await, "03");
    let answer = service.json(WARNINGS, &[("fromTmFc", "20260921")]).await;
    let header = &answer["response"]["header"];
    assert_eq!(header["resultCode"], "99");
    assert!(header["resultMsg"].as_str().unwrap().starts_with("최대 조회 기간은"), "{header}");
}

#[tokio::test]
async fn pages_overlap_and_the_total_is_short_but_nothing_is_lost() {
    let service = Service::start().await;
    let rows = (0..25).map(|number| {
        Row::issued(at("2026-11-21T10:00"), &format!("L{number:02}"), "구역", 1, 0).numbered(number)
    });
    service.answers.warnings(rows);
    let mut zones = Vec::new();
    for page in 1.. {
        let number = page.to_string();
        let parameters = [("pageNo", number.as_str()), ("numOfRows", "10")];
        let answer = service.json(WARNINGS, &parameters).await;
        let body = &answer["response"]["body"];
        assert_eq!(body["totalCount"], 15, "not 25");
        let items = body["items"]["item"].as_array().unwrap().clone();
        let first = items[0]["areaCode"].clone();
        assert!(
            page == 1 || zones.last() == Some(&first),
            "page {page} begins with what the last one ended with"
        );
        zones.extend(items.iter().map(|item| item["areaCode"].clone()));
        if items.len() < 10 {
            break;
        }
    }
    zones.dedup();
    let expected: Vec<Value> = (0..25).rev().map(|number| format!("L{number:02}").into()).collect();
    assert_eq!(zones, expected, "the newest first");
    assert_eq!(service.refused(WARNINGS, &[("pageNo", "9")]).await, "03");
}

#[tokio::test]
async fn the_status_tells_what_is_in_force() {
    let service = Service::start().await;
    let quiet = service.items(STATUS, &[]).await;
    assert_eq!(quiet[0]["t6"], "o 없음\r\n");
    service.answers.append(Row::issued(at("2026-11-21T11:00"), "L1082700", "부산서부", 1, 0).numbered(130));
    let items = service.items(STATUS, &[]).await;
    assert_eq!(items[0]["t6"], "o 강풍주의보 : 부산서부\r\n");
    assert_eq!((&items[0]["tmFc"], &items[0]["tmSeq"]), (&202_611_211_100_i64.into(), &130.into()));
    assert_eq!(items[0]["tmEf"], "202611211200", "a text");
}

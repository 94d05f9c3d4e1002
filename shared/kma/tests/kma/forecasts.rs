//! Observation and forecasts.

use jiff::Timestamp;
use maru_kma::{Amount, Cell, Conditions, KmaError, Precipitation, Product, Sky};
use serde_json::{Value, json};

use crate::server::{Portal, listed, listed_of, refused};

const SEOUL: Cell = Cell { nx: 60, ny: 127 };

/// 2026-11-21 at 6 h in Korea.
fn six() -> Timestamp {
    "2026-11-20T21:00:00Z".parse().unwrap()
}

fn observed(category: &str, value: &Value) -> Value {
    json!({ "baseDate": "20261121", "baseTime": "0600", "category": category, "nx": 60, "ny": 127, "obsrValue": value })
}

fn forecast(category: &str, day: &str, time: &str, value: &str) -> Value {
    json!({ "baseDate": "20261121", "baseTime": "0500", "category": category, "fcstDate": day, "fcstTime": time,
        "fcstValue": value, "nx": "60", "ny": "127" })
}

#[tokio::test]
async fn an_observation_is_one_hour_without_what_is_missing() {
    let items = [
        observed("T1H", &json!("3.4")),
        observed("REH", &json!(62)),
        observed("PTY", &json!("6")),
        observed("RN1", &json!("1")),
        observed("WSD", &json!("-998.9")),
        observed("VEC", &json!("900")),
        observed("UUU", &json!("0.3")),
    ];
    let portal = Portal::start(move |_| listed(&items)).await;
    let told = portal.kma().forecast(Product::Observation, SEOUL, six()).await.unwrap();
    let expected = Conditions {
        temperature: Some(3.4),
        humidity: Some(62.0),
        precipitation: Some(Precipitation::Sleet),
        rain: Some(Amount { from: 1.0, to: Some(1.0) }),
        ..Conditions::unknown(six())
    };
    assert_eq!(told, [expected]);
    let asked = &portal.asked()[0];
    assert!(
        asked.target.starts_with("/1360000/VilageFcstInfoService_2.0/getUltraSrtNcst?"),
        "{}",
        asked.target
    );
    let fields = ["base_date", "base_time", "nx", "ny"].map(|name| asked.field(name));
    assert_eq!(fields, ["20261121", "0600", "60", "127"]);
}

#[tokio::test]
async fn a_forecast_is_an_entry_for_each_hour_in_their_order() {
    let items = [
        forecast("SKY", "20261122", "0000", "4"),
        forecast("TMP", "20261121", "0700", "-2"),
        forecast("PCP", "20261121", "0700", "30.0~50.0mm"),
        forecast("PTY", "20261121", "0700", "4"),
        forecast("SNO", "20261121", "0700", "적설없음"),
        forecast("TMN", "20261122", "0600", "-5.0"),
        forecast("SKY", "20261121", "0700", "9"),
    ];
    let portal = Portal::start(move |_| listed(&items)).await;
    let told = portal.kma().forecast(Product::Short, SEOUL, six()).await.unwrap();
    let times: Vec<String> = told.iter().map(|hour| hour.at.to_string()).collect();
    assert_eq!(times, ["2026-11-20T22:00:00Z", "2026-11-21T15:00:00Z", "2026-11-21T21:00:00Z"]);
    let first = told[0];
    assert_eq!((first.temperature, first.precipitation), (Some(-2.0), Some(Precipitation::Rain)));
    assert_eq!(first.rain, Some(Amount { from: 30.0, to: Some(50.0) }));
    assert_eq!((first.snow, first.sky), (Some(Amount::NONE), None));
    assert_eq!((told[1].sky, told[2].lowest), (Some(Sky::Cloudy), Some(-5.0)));
}

#[tokio::test]
async fn far_ahead_rain_and_snow_are_classes_and_wind_is_not_known() {
    let items = ["20261123", "20261124"]
        .into_iter()
        .flat_map(|day| {
            [
                forecast("PCP", day, "0900", "2"),
                forecast("SNO", day, "0900", "1"),
                forecast("WSD", day, "0900", "3"),
            ]
        })
        .collect::<Vec<_>>();
    let portal = Portal::start(move |_| listed(&items)).await;
    let told = portal.kma().forecast(Product::Short, SEOUL, six()).await.unwrap();
    // Two days ahead they are numbers, three days ahead classes.
    assert_eq!((told[0].rain, told[0].wind_speed), (Some(Amount::exactly(2.0)), Some(3.0)));
    assert_eq!((told[1].rain, told[1].wind_speed), (Some(Amount { from: 3.0, to: Some(15.0) }), None));
    assert_eq!(told[1].snow, Some(Amount { from: 0.0, to: None }));
}

#[tokio::test]
async fn answers_in_xml_say_the_same() {
    let portal = Portal::start(|_| {
        let items = "<item><baseDate>20261121</baseDate><baseTime>0600</baseTime><category>T1H</category><nx>60</nx><ny>127</ny><obsrValue>3.4</obsrValue></item>";
        let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><header><resultCode>00</resultCode><resultMsg>NORMAL_SERVICE</resultMsg></header><body><items>{items}</items><totalCount>1</totalCount></body></response>");
        (200, body)
    })
    .await;
    let told = portal.kma().forecast(Product::Observation, SEOUL, six()).await.unwrap();
    assert_eq!(told[0].temperature, Some(3.4));
}

#[tokio::test]
async fn an_edition_that_is_not_there_is_empty() {
    let portal = Portal::start(|_| refused("03", "NO_DATA")).await;
    assert_eq!(portal.kma().forecast(Product::UltraShort, SEOUL, six()).await.unwrap(), []);
}

/// So many rows of a page, hour by hour.
fn rows(page: i64, size: i64) -> Vec<Value> {
    let begin: jiff::civil::DateTime = "2026-11-21T06:00".parse().unwrap();
    let row = |number: i64| {
        let at = begin.checked_add(jiff::SignedDuration::from_hours(number)).unwrap();
        forecast("TMP", &at.strftime("%Y%m%d").to_string(), &at.strftime("%H%M").to_string(), "1")
    };
    ((page - 1) * size..page * size).map(row).collect()
}

#[tokio::test]
async fn a_service_that_gives_fewer_rows_than_it_is_asked_for_is_read_to_the_end() {
    for told in [500, 1_000] {
        let portal = Portal::start(move |asked| match asked.field("pageNo").parse().unwrap() {
            page @ 1..=2 => listed_of(&rows(page, 500), (told, 1_000)),
            _ => refused("03", "NO_DATA"),
        })
        .await;
        let hours = portal.kma().forecast(Product::Short, SEOUL, six()).await.unwrap();
        assert_eq!(hours.len(), 1_000, "{told}");
    }
}

#[tokio::test]
async fn a_forecast_without_its_middle_is_none() {
    for size in [1_000, 500] {
        let portal = Portal::start(move |asked| match asked.field("pageNo") {
            "1" => listed_of(&rows(1, size), (1_000, 2_500)),
            _ => refused("03", "NO_DATA"),
        })
        .await;
        let error = portal.kma().forecast(Product::Short, SEOUL, six()).await.unwrap_err();
        assert!(matches!(error, KmaError::BrokeOff), "{error:?}");
    }
}

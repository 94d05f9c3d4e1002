//! Observations and forecasts of a cell.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Falling, Hour, ORIGIN};
use super::*;

/// Value by category and `fcstDate` + `fcstTime`.
fn values(items: &[Value]) -> BTreeMap<(String, String), String> {
    let text = |item: &Value, name: &str| item[name].as_str().unwrap().to_owned();
    let when = |item: &Value| text(item, "fcstDate") + &text(item, "fcstTime");
    items.iter().map(|item| ((text(item, "category"), when(item)), text(item, "fcstValue"))).collect()
}

#[tokio::test]
async fn an_observation_has_eight_categories_and_says_that_it_is_invented() {
    let service = Service::start().await;
    let answer = service.call(OBSERVATION, &cell(("20261121", "1100"))).await;
    assert_eq!(answer.headers()[ORIGIN], "invented");
    let items = service.items(OBSERVATION, &cell(("20261121", "1100"))).await;
    let categories: Vec<&str> = items.iter().map(|item| item["category"].as_str().unwrap()).collect();
    assert_eq!(categories, ["PTY", "REH", "RN1", "T1H", "UUU", "VEC", "VVV", "WSD"]);
    for item in &items {
        assert_eq!((&item["baseDate"], &item["baseTime"]), (&"20261121".into(), &"1100".into()));
        assert_eq!((&item["nx"], &item["ny"]), (&60.into(), &127.into()), "numbers");
        item["obsrValue"].as_str().unwrap().parse::<f64>().unwrap();
    }
}

#[tokio::test]
async fn nothing_is_there_before_it_is_published_nor_long_after() {
    let service = Service::start().await;
    for (path, base, ready) in [
        (OBSERVATION, "1200", "2026-11-21T03:10:00Z"),
        (ULTRA_FORECAST, "1130", "2026-11-21T02:45:00Z"),
        (FORECAST, "1100", "2026-11-21T02:10:00Z"),
    ] {
        let ready: jiff::Timestamp = ready.parse().unwrap();
        service.clock.set(ready - jiff::SignedDuration::from_secs(1));
        assert_eq!(service.refused(path, &cell(("20261121", base))).await, "03", "{path}");
        service.clock.set(ready);
        assert!(!service.items(path, &cell(("20261121", base))).await.is_empty(), "{path}");
    }
    for (path, base) in [(OBSERVATION, "1130"), (ULTRA_FORECAST, "1100"), (FORECAST, "1000")] {
        assert_eq!(
            service.refused(path, &cell(("20261121", base))).await,
            "03",
            "{path} has no such base time"
        );
    }
    assert_eq!(service.refused(OBSERVATION, &cell(("20261119", "1100"))).await, "10");
    assert_eq!(service.refused(FORECAST, &cell(("20261117", "1100"))).await, "10");
}

#[tokio::test]
async fn a_short_forecast_has_ten_categories_of_six_hours() {
    let service = Service::start().await;
    let items = service.items(ULTRA_FORECAST, &cell(("20261121", "1130"))).await;
    assert_eq!(items.len(), 60);
    let hours: BTreeSet<&str> = items.iter().map(|item| item["fcstTime"].as_str().unwrap()).collect();
    assert_eq!(hours.into_iter().collect::<Vec<_>>(), ["1200", "1300", "1400", "1500", "1600", "1700"]);
    assert_eq!(values(&items).len(), 60, "no category of an hour twice");
}

#[tokio::test]
async fn a_forecast_reaches_into_the_last_day_in_codes() {
    let service = Service::start().await;
    service.answers.weather(Hour { wind: 4.5, ..Hour::wet(1.0, Falling::Snow, 2.0) });
    let items = service.items(FORECAST, &cell(("20261121", "0500"))).await;
    let values = values(&items);
    let value = |category: &str, when: &str| values.get(&(category.to_owned(), when.to_owned())).cloned();
    assert_eq!(value("TMP", "202611210500"), None);
    assert_eq!(value("PCP", "202611210600").unwrap(), "2.0mm");
    assert_eq!(value("SNO", "202611232300").unwrap(), "2.0cm");
    assert_eq!(value("WSD", "202611232300").unwrap(), "4.5");
    let coded = ["PCP", "SNO", "WSD", "PTY"].map(|category| value(category, "202611242100").unwrap());
    assert_eq!(coded, ["1", "2", "2", "3"]);
    assert_eq!((value("TMP", "202611240100"), value("TMP", "202611250000")), (None, None));
    assert_eq!(value("TMN", "202611220600").unwrap(), "1.0");
    assert_eq!(value("TMN", "202611210500"), None);
    assert!((700..1_000).contains(&items.len()), "{}", items.len());

    service.set("2026-11-21T08:10:00Z");
    let evening = self::values(&service.items(FORECAST, &cell(("20261121", "1700"))).await);
    assert!(evening.contains_key(&("TMP".to_owned(), "202611242300".to_owned())), "one day further");
    assert!(evening.contains_key(&("TMP".to_owned(), "202611252100".to_owned())));
}

#[tokio::test]
async fn a_forecast_agrees_with_what_is_observed_later_and_its_pages_are_whole() {
    let service = Service::start().await;
    let whole = service.items(FORECAST, &cell(("20261121", "0800"))).await;
    let forecast = values(&whole)[&("TMP".to_owned(), "202611211100".to_owned())].parse::<f64>().unwrap();
    let observed = service.items(OBSERVATION, &cell(("20261121", "1100"))).await;
    let observed = observed.iter().find(|item| item["category"] == "T1H").unwrap();
    let observed = observed["obsrValue"].as_str().unwrap().parse::<f64>().unwrap();
    assert!((forecast - observed).abs() <= 0.5, "{forecast} {observed}");

    let mut pages = Vec::new();
    for page in ["1", "2", "3", "4"] {
        let mut parameters = cell(("20261121", "0800"));
        parameters.retain(|(name, _)| *name != "numOfRows");
        parameters.extend([("numOfRows", "300"), ("pageNo", page)]);
        let answer = service.json(FORECAST, &parameters).await;
        let Some(items) = answer["response"]["body"]["items"]["item"].as_array() else { break };
        assert_eq!(answer["response"]["body"]["totalCount"], whole.len());
        pages.extend(items.clone());
    }
    assert_eq!(pages, whole);
}

//! `getUltraSrtFcst`, the next six hours, and `getVilageFcst`, the next days.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};
use serde_json::json;

use super::super::Kma;
use super::super::time::{day_text, time_text};
use super::super::weather::Hour;
use super::envelope::{Item, Listed};
use super::observation::check_published;
use super::query::{Query, Slot};
use super::refusal::Refusal;
use super::texts::{
    chance, coded_rain, coded_snow, coded_wind, falling, one_decimal, rain, snow, ultra_falling, whole,
};

/// A short forecast comes out a quarter of an hour after its base time.
const ULTRA_DELAY: SignedDuration = SignedDuration::from_mins(15);

/// A forecast comes out ten minutes after its base time.
const DELAY: SignedDuration = SignedDuration::from_mins(10);

/// A category, and its value in an hour.
type Category = (&'static str, fn(&Hour) -> String);

/// The hours of the day at which forecasts begin.
const BASES: [i8; 8] = [2, 5, 8, 11, 14, 17, 20, 23];

/// Ten categories of six hours, one category after the other.
///
/// # Errors
/// 03 before it is published, and for a time that is not half past an hour; 10 for one that lies too far back; those
/// of the parameters.
pub(super) fn ultra(kma: &Kma, query: &Query) -> Result<Listed, Refusal> {
    let (page, slot) = (query.page()?, query.slot()?);
    if slot.base.minute() != 30 {
        return Err(Refusal::no_data());
    }
    check_published(kma, slot, ULTRA_DELAY, 1)?;
    let first = slot.base.saturating_add(30.minutes());
    let hours = (0..6).map(|hour| first.saturating_add(hour.hours()));
    let hours: Vec<(DateTime, Hour)> = hours.map(|at| (at, kma.answers.hour(slot.nx, slot.ny, at))).collect();
    let categories: [Category; 10] = [
        ("LGT", |_| "0".to_owned()),
        ("PTY", |hour| ultra_falling(hour).to_string()),
        ("RN1", |hour| rain(hour.millimetres)),
        ("SKY", |hour| hour.sky.to_string()),
        ("T1H", |hour| whole(hour.temperature)),
        ("REH", |hour| hour.humidity.to_string()),
        ("UUU", |hour| one_decimal(hour.components().0)),
        ("VVV", |hour| one_decimal(hour.components().1)),
        ("VEC", |hour| hour.wind_from.to_string()),
        ("WSD", |hour| whole(hour.wind)),
    ];
    let items = categories.into_iter().flat_map(|(category, value)| {
        hours.iter().map(move |(at, hour)| item(slot, category, *at, &value(hour)))
    });
    Listed::page_of(items.collect(), page)
}

/// Hour by hour, and on the last day every three hours with less in it and some of it in codes.
///
/// # Errors
/// 03 before it is published, and for a time at which no forecast begins; 10 for one that lies too far back; those of
/// the parameters.
pub(super) fn forecast(kma: &Kma, query: &Query) -> Result<Listed, Refusal> {
    let (page, slot) = (query.page()?, query.slot()?);
    if slot.base.minute() != 0 || !BASES.contains(&slot.base.hour()) {
        return Err(Refusal::no_data());
    }
    check_published(kma, slot, DELAY, 3)?;
    // The morning's forecasts are hourly to the day after tomorrow, the evening's to the day after that one.
    let hourly = if slot.base.hour() >= 17 { 3 } else { 2 };
    let last_day = slot.base.date().saturating_add((hourly + 1).days());
    let mut items = Vec::new();
    let mut at = slot.base.saturating_add(1.hour());
    while at.date() <= last_day {
        let hour = kma.answers.hour(slot.nx, slot.ny, at);
        let values = if at.date() < last_day { values(&hour) } else { coded(&hour) };
        items.extend(values.into_iter().map(|(category, value)| item(slot, category, at, &value)));
        items.extend(extreme(kma, slot, at).map(|(category, value)| item(slot, category, at, &value)));
        at = at.saturating_add(if at.date() < last_day { 1.hour() } else { 3.hours() });
    }
    Listed::page_of(items, page)
}

fn values(hour: &Hour) -> Vec<(&'static str, String)> {
    let (east, north) = hour.components();
    vec![
        ("TMP", whole(hour.temperature)),
        ("UUU", one_decimal(east)),
        ("VVV", one_decimal(north)),
        ("VEC", hour.wind_from.to_string()),
        ("WSD", one_decimal(hour.wind)),
        ("SKY", hour.sky.to_string()),
        ("PTY", falling(hour).to_string()),
        ("POP", chance(hour).to_string()),
        ("WAV", "0".to_owned()),
        ("PCP", rain(hour.millimetres)),
        ("REH", hour.humidity.to_string()),
        ("SNO", snow(hour.centimetres())),
    ]
}

/// What the last day has. That the wind's direction and the waves are left out is assumed.
fn coded(hour: &Hour) -> Vec<(&'static str, String)> {
    vec![
        ("TMP", whole(hour.temperature)),
        ("WSD", coded_wind(hour.wind).to_string()),
        ("SKY", hour.sky.to_string()),
        ("PTY", falling(hour).to_string()),
        ("POP", chance(hour).to_string()),
        ("PCP", coded_rain(hour.millimetres)),
        ("REH", hour.humidity.to_string()),
        ("SNO", coded_snow(hour.centimetres())),
    ]
}

/// The day's lowest temperature at 6 and its highest at 15 o'clock.
fn extreme(kma: &Kma, slot: Slot, at: DateTime) -> Option<(&'static str, String)> {
    let name = match at.hour() {
        6 => "TMN",
        15 => "TMX",
        _ => return None,
    };
    let day = temperatures(kma, slot, at.date());
    let value =
        if name == "TMN" { day.fold(f64::INFINITY, f64::min) } else { day.fold(f64::NEG_INFINITY, f64::max) };
    Some((name, one_decimal(value)))
}

fn temperatures(kma: &Kma, slot: Slot, day: Date) -> impl Iterator<Item = f64> {
    (0..24).map(move |hour| kma.answers.hour(slot.nx, slot.ny, day.at(hour, 0, 0, 0)).temperature)
}

fn item(slot: Slot, category: &'static str, at: DateTime, value: &str) -> Item {
    vec![
        ("baseDate", json!(day_text(slot.base.date()))),
        ("baseTime", json!(time_text(slot.base.time()))),
        ("category", json!(category)),
        ("fcstDate", json!(day_text(at.date()))),
        ("fcstTime", json!(time_text(at.time()))),
        ("fcstValue", json!(value)),
        ("nx", json!(slot.nx)),
        ("ny", json!(slot.ny)),
    ]
}

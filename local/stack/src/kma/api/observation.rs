//! `getUltraSrtNcst`: what was observed at an hour.

use jiff::{SignedDuration, ToSpan};
use serde_json::json;

use super::super::Kma;
use super::super::time::{day_text, in_korea, time_text};
use super::super::weather::Hour;
use super::envelope::{Item, Listed};
use super::query::{Query, Slot};
use super::refusal::Refusal;
use super::texts::{one_decimal, ultra_falling};

/// An observation comes out ten minutes after its hour.
const DELAY: SignedDuration = SignedDuration::from_mins(10);

/// The eight categories of an hour.
///
/// # Errors
/// 03 before it is published, and for a time between the hours; 10 for one that lies more than a day back; those
/// of the parameters.
pub(super) fn observation(kma: &Kma, query: &Query) -> Result<Listed, Refusal> {
    let (page, slot) = (query.page()?, query.slot()?);
    if slot.base.minute() != 0 {
        return Err(Refusal::no_data());
    }
    check_published(kma, slot, DELAY, 1)?;
    let hour = kma.answers.hour(slot.nx, slot.ny, slot.base);
    Listed::page_of(values(&hour).into_iter().map(|(name, value)| item(slot, name, &value)).collect(), page)
}

/// Checks that what begins with the slot's base time is published, `delay` after it, and is kept still: not more
/// than `days`. The limit and its text are those that users report; the guide does not have them.
///
/// # Errors
/// 03 or 10.
pub(super) fn check_published(
    kma: &Kma,
    slot: Slot,
    delay: SignedDuration,
    days: i32,
) -> Result<(), Refusal> {
    let now = in_korea(kma.clock.now());
    if now < slot.base.saturating_add(delay) {
        return Err(Refusal::no_data());
    }
    if slot.base.date() < now.date().saturating_sub(days.days()) {
        return Err(Refusal::too_old(10, format!("최근 {days}일 간의 자료만 제공합니다.")));
    }
    Ok(())
}

fn values(hour: &Hour) -> [(&'static str, String); 8] {
    let (east, north) = hour.components();
    [
        ("PTY", ultra_falling(hour).to_string()),
        ("REH", hour.humidity.to_string()),
        ("RN1", if hour.millimetres > 0.0 { one_decimal(hour.millimetres) } else { "0".to_owned() }),
        ("T1H", one_decimal(hour.temperature)),
        ("UUU", one_decimal(east)),
        ("VEC", hour.wind_from.to_string()),
        ("VVV", one_decimal(north)),
        ("WSD", one_decimal(hour.wind)),
    ]
}

fn item(slot: Slot, category: &'static str, value: &str) -> Item {
    vec![
        ("baseDate", json!(day_text(slot.base.date()))),
        ("baseTime", json!(time_text(slot.base.time()))),
        ("category", json!(category)),
        ("nx", json!(slot.nx)),
        ("ny", json!(slot.ny)),
        ("obsrValue", json!(value)),
    ]
}

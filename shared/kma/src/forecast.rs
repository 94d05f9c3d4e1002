//! The short-term forecast (`VilageFcstInfoService_2.0`): observation and forecasts of a cell, hour by hour.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maru_seoul::in_seoul;

use crate::envelope::Fields;
use crate::pages::Total;
use crate::{Amount, Cell, Kma, KmaError, Product, time};

const SERVICE: &str = "VilageFcstInfoService_2.0";

/// How many rows a page is asked to have: all but the longest forecast are on one.
const ROWS: usize = 1_000;

/// How many pages are read at most. The longest forecast has about a thousand rows.
const MOST_PAGES: u32 = 4;

/// From this value on upwards, and from its negative downwards, a value is missing.
const MISSING: f64 = 900.0;

/// How far the forecast reaches in numbers, in days after that of its base; beyond, some stand as classes. It reaches a
/// day further from 17 h on.
const DAYS_IN_NUMBERS: i32 = 2;
const LATE_HOUR: i8 = 17;

/// What falls from the sky.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precipitation {
    /// Nothing.
    None,
    /// Rain, in drops or showers too.
    Rain,
    /// Rain and snow.
    Sleet,
    /// Snow, in flurries too.
    Snow,
}

/// How much of the sky is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sky {
    /// 맑음.
    Clear,
    /// 구름많음.
    PartlyCloudy,
    /// 흐림.
    Cloudy,
}

/// The weather of a cell at one time, as far as the product says; what it leaves out or marks as missing is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditions {
    /// Of when.
    pub at: Timestamp,
    /// In ℃.
    pub temperature: Option<f64>,
    /// The lowest of the day, in ℃; it stands at 6 h.
    pub lowest: Option<f64>,
    /// The highest of the day, in ℃; it stands at 15 h.
    pub highest: Option<f64>,
    /// In percent.
    pub humidity: Option<f64>,
    /// What falls.
    pub precipitation: Option<Precipitation>,
    /// How likely anything falls, in percent.
    pub chance: Option<f64>,
    /// Rain within an hour, in mm.
    pub rain: Option<Amount>,
    /// Snow within an hour, in cm.
    pub snow: Option<Amount>,
    /// The sky; no observation has it.
    pub sky: Option<Sky>,
    /// In m/s.
    pub wind_speed: Option<f64>,
    /// Where the wind comes from, in degrees from the north.
    pub wind_direction: Option<f64>,
}

impl Kma {
    /// What `product` says of `cell` in its edition of `base` ([`Product::newest_base`]), in the order of time; empty if
    /// the edition is not there. One call for each thousand rows, each made twice if need be.
    ///
    /// # Errors
    /// [`KmaError`].
    pub async fn forecast(
        &self,
        product: Product,
        cell: Cell,
        base: Timestamp,
    ) -> Result<Vec<Conditions>, KmaError> {
        let (day, time) = time::day_and_time(base);
        let query = [
            ("base_date", day),
            ("base_time", time),
            ("nx", cell.nx.to_string()),
            ("ny", cell.ny.to_string()),
        ];
        let rows = self.all([SERVICE, product.operation()], &query, (ROWS, MOST_PAGES, Total::Exact)).await?;
        Ok(fold(product, base, &rows))
    }
}

/// One entry for each time, of whatever rows are of that time. Rows that came twice say the same twice.
fn fold(product: Product, base: Timestamp, rows: &[Fields]) -> Vec<Conditions> {
    let mut hours: BTreeMap<Timestamp, Conditions> = BTreeMap::new();
    for fields in rows {
        let (at, value) = match product {
            Product::Observation => (Some(base), fields.text("obsrValue")),
            Product::UltraShort | Product::Short => (forecast_time(fields), fields.text("fcstValue")),
        };
        let (Some(at), Some(category), Some(value)) = (at, fields.text("category"), value) else { continue };
        let conditions = hours.entry(at).or_insert_with(|| Conditions::unknown(at));
        conditions.learn(&category, &value, product == Product::Short && is_in_classes(base, at));
    }
    hours.into_values().collect()
}

fn forecast_time(fields: &Fields) -> Option<Timestamp> {
    let (day, time) = (fields.text("fcstDate")?, fields.text("fcstTime")?);
    // A number has lost the noughts at its beginning.
    time::read(&format!("{day}{time:0>4}"))
}

/// Whether the forecast based on `base` says some values of `at` in classes only.
fn is_in_classes(base: Timestamp, at: Timestamp) -> bool {
    let (base, at) = (in_seoul(base), in_seoul(at));
    let days = at.date().since(base.date()).map_or(0, |span| span.get_days());
    let in_numbers = DAYS_IN_NUMBERS + i32::from(base.hour() >= LATE_HOUR);
    days > in_numbers
}

impl Conditions {
    /// Nothing is known of that time.
    #[must_use]
    pub const fn unknown(at: Timestamp) -> Self {
        Self {
            at,
            temperature: None,
            lowest: None,
            highest: None,
            humidity: None,
            precipitation: None,
            chance: None,
            rain: None,
            snow: None,
            sky: None,
            wind_speed: None,
            wind_direction: None,
        }
    }

    fn learn(&mut self, category: &str, value: &str, in_classes: bool) {
        match category {
            "T1H" | "TMP" => self.temperature = number(value),
            "TMN" => self.lowest = number(value),
            "TMX" => self.highest = number(value),
            "REH" => self.humidity = number(value),
            "POP" => self.chance = number(value),
            "PTY" => self.precipitation = precipitation(value),
            "SKY" => self.sky = sky(value),
            "PCP" if in_classes => self.rain = Amount::of_rain_class(value),
            "RN1" | "PCP" => self.rain = Amount::read(value),
            "SNO" if in_classes => self.snow = Amount::of_snow_class(value),
            "SNO" => self.snow = Amount::read(value),
            // A class is no speed.
            "WSD" if in_classes => {}
            "WSD" => self.wind_speed = number(value),
            "VEC" => self.wind_direction = number(value),
            _ => {}
        }
    }
}

/// A value that is not missing.
fn number(value: &str) -> Option<f64> {
    value.parse().ok().filter(|number: &f64| number.abs() < MISSING)
}

/// 4 are showers; 5, 6 and 7 are drops, drops with flurries, and flurries.
fn precipitation(code: &str) -> Option<Precipitation> {
    match code {
        "0" => Some(Precipitation::None),
        "1" | "4" | "5" => Some(Precipitation::Rain),
        "2" | "6" => Some(Precipitation::Sleet),
        "3" | "7" => Some(Precipitation::Snow),
        _ => None,
    }
}

fn sky(code: &str) -> Option<Sky> {
    match code {
        "1" => Some(Sky::Clear),
        "3" => Some(Sky::PartlyCloudy),
        "4" => Some(Sky::Cloudy),
        _ => None,
    }
}

//! Values as the service writes them (KMA guide `기상청41_단기예보`, edition 2024-11-28).

use super::super::weather::{Falling, Hour};

/// Less than this in an hour are drops or flakes, in mm.
const DROPS: f64 = 0.5;

/// `3.4`; never `-0.0`.
pub(super) fn one_decimal(value: f64) -> String {
    let text = format!("{value:.1}");
    if text == "-0.0" { "0.0".to_owned() } else { text }
}

/// `3`; never `-0`.
pub(super) fn whole(value: f64) -> String {
    let text = format!("{value:.0}");
    if text == "-0" { "0".to_owned() } else { text }
}

/// `PTY` of observations and short forecasts: 0 none, 1 rain, 2 sleet, 3 snow, 5 to 7 the same in drops and flakes.
pub(super) fn ultra_falling(hour: &Hour) -> u8 {
    let few = hour.millimetres < DROPS;
    match hour.falling {
        Falling::Nothing => 0,
        Falling::Rain | Falling::Shower if few => 5,
        Falling::Rain | Falling::Shower => 1,
        Falling::Sleet if few => 6,
        Falling::Sleet => 2,
        Falling::Snow if few => 7,
        Falling::Snow => 3,
    }
}

/// `PTY` of forecasts: 4 is a shower.
pub(super) fn falling(hour: &Hour) -> u8 {
    match hour.falling {
        Falling::Nothing => 0,
        Falling::Rain => 1,
        Falling::Sleet => 2,
        Falling::Snow => 3,
        Falling::Shower => 4,
    }
}

/// `POP` in %.
pub(super) fn chance(hour: &Hour) -> u8 {
    match (hour.falling, hour.sky) {
        (Falling::Nothing, 1) => 0,
        (Falling::Nothing, 3) => 20,
        (Falling::Nothing, _) => 30,
        _ if hour.millimetres < 1.0 => 60,
        _ => 80,
    }
}

/// `PCP` and `RN1` of forecasts, from mm.
pub(super) fn rain(millimetres: f64) -> String {
    match millimetres {
        ..=0.0 => "강수없음".to_owned(),
        ..1.0 => "1mm 미만".to_owned(),
        ..30.0 => format!("{millimetres:.1}mm"),
        ..50.0 => "30.0~50.0mm".to_owned(),
        _ => "50.0mm 이상".to_owned(),
    }
}

/// `SNO`, from cm.
pub(super) fn snow(centimetres: f64) -> String {
    match centimetres {
        ..=0.0 => "적설없음".to_owned(),
        ..0.5 => "0.5cm 미만".to_owned(),
        ..5.0 => format!("{centimetres:.1}cm"),
        _ => "5.0cm 이상".to_owned(),
    }
}

/// `PCP` of the last day: 1 below 3 mm, 2 below 15 mm, 3 above.
pub(super) fn coded_rain(millimetres: f64) -> String {
    match millimetres {
        ..=0.0 => rain(0.0),
        ..3.0 => "1".to_owned(),
        ..15.0 => "2".to_owned(),
        _ => "3".to_owned(),
    }
}

/// `SNO` of the last day; that 1 cm divides the two codes is assumed.
pub(super) fn coded_snow(centimetres: f64) -> String {
    match centimetres {
        ..=0.0 => snow(0.0),
        ..1.0 => "1".to_owned(),
        _ => "2".to_owned(),
    }
}

/// `WSD` of the last day: 1 below 4 m/s, 2 below 9 m/s, 3 above.
pub(super) fn coded_wind(speed: f64) -> u8 {
    match speed {
        ..4.0 => 1,
        ..9.0 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_texts() {
        let rains = [0.0, 0.2, 6.2, 30.0, 49.9, 50.0].map(rain);
        assert_eq!(rains, ["강수없음", "1mm 미만", "6.2mm", "30.0~50.0mm", "30.0~50.0mm", "50.0mm 이상"]);
        let snows = [0.0, 0.4, 1.2, 5.0].map(snow);
        assert_eq!(snows, ["적설없음", "0.5cm 미만", "1.2cm", "5.0cm 이상"]);
        assert_eq!([0.0, 2.9, 3.0, 15.0].map(coded_rain), ["강수없음", "1", "2", "3"]);
        assert_eq!((one_decimal(-0.04), whole(-0.4)), ("0.0".to_owned(), "0".to_owned()));
    }

    #[test]
    fn what_falls_has_other_codes_now_than_in_the_next_days() {
        let codes = |falling_now, millimetres| {
            let hour = Hour::wet(1.0, falling_now, millimetres);
            (ultra_falling(&hour), falling(&hour))
        };
        assert_eq!(codes(Falling::Rain, 0.4), (5, 1));
        assert_eq!(codes(Falling::Rain, 0.5), (1, 1));
        assert_eq!(codes(Falling::Shower, 3.0), (1, 4));
        assert_eq!(codes(Falling::Sleet, 0.1), (6, 2));
        assert_eq!(codes(Falling::Snow, 0.1), (7, 3));
        assert_eq!(codes(Falling::Snow, 1.0), (3, 3));
    }
}

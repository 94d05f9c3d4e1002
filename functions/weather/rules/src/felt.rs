//! What a temperature feels like, by the two formulas that the Korean weather service publishes: with wind in the cold,
//! with humidity in the heat.

/// Up to this temperature, in ℃, wind makes it colder, if it blows with at least [`BREEZE`].
const COLD: f64 = 10.0;

/// In m/s.
const BREEZE: f64 = 1.3;

/// From this temperature on, in ℃, humidity makes it hotter.
const HOT: f64 = 25.0;

/// What `temperature` (℃) feels like, in ℃, with this wind (m/s) and humidity (percent), as far as they are known.
#[must_use]
pub fn felt(temperature: f64, wind: Option<f64>, humidity: Option<f64>) -> f64 {
    match (wind, humidity) {
        (Some(wind), _) if temperature <= COLD && wind >= BREEZE => in_wind(temperature, wind),
        (_, Some(humidity)) if temperature >= HOT => in_humidity(temperature, humidity.clamp(0.0, 100.0)),
        _ => temperature,
    }
}

fn in_wind(temperature: f64, wind: f64) -> f64 {
    let strength = (wind * 3.6).powf(0.16);
    13.12 + 0.6215 * temperature - 11.37 * strength + 0.3965 * strength * temperature
}

fn in_humidity(temperature: f64, humidity: f64) -> f64 {
    let wet_bulb = temperature * (0.151_977 * (humidity + 8.313_659).sqrt()).atan()
        + (temperature + humidity).atan()
        - (humidity - 1.676_33).atan()
        + 0.003_918_38 * humidity.powf(1.5) * (0.023_101 * humidity).atan()
        - 4.686_035;
    -0.2442 + 0.553_99 * wet_bulb + 0.455_35 * temperature - 0.0022 * wet_bulb.powi(2)
        + 0.002_78 * wet_bulb * temperature
        + 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wind_makes_the_cold_colder_and_humidity_the_heat_hotter() {
        // The service's table of the cold: -10 ℃ at 15 km/h.
        assert!((felt(-10.0, Some(15.0 / 3.6), None) - -16.7).abs() < 0.1);
        assert_eq!(felt(-10.0, Some(1.0), None), -10.0);
        assert_eq!(felt(15.0, Some(9.0), Some(90.0)), 15.0);
        let (dry, damp) = (felt(33.0, None, Some(40.0)), felt(33.0, None, Some(80.0)));
        assert!(dry < damp && (30.0..34.0).contains(&dry) && (34.0..38.0).contains(&damp), "{dry} {damp}");
        assert_eq!(felt(33.0, Some(2.0), None), 33.0);
    }
}

use jiff::civil::date;

use super::*;

/// A time in Korea on 2026-11-21 and the days after.
fn at(day: i8, hour: i8, minute: i8) -> Timestamp {
    maru_seoul::SEOUL.to_timestamp(date(2026, 11, day).at(hour, minute, 0, 0)).unwrap()
}

fn hour(at: Timestamp, temperature: f64) -> Hour {
    Hour { temperature: Some(temperature), ..Hour::unknown(at) }
}

/// A forecast of every hour from `from` on, as warm as the hour of the day.
fn forecast_from(base: Timestamp, from: Timestamp, count: i64) -> Edition {
    let hours = (0..count).map(|ahead| {
        let at = hours_after(from, ahead);
        Hour { sky: Some(Sky::Clear), ..hour(at, f64::from(in_seoul(at).hour())) }
    });
    Edition::new(base, hours.collect())
}

#[test]
fn now_is_what_was_observed_under_the_sky_of_the_forecast() {
    let observed = Hour { precipitation: Some(Precipitation::Rain), ..hour(at(21, 6, 0), 3.4) };
    let editions = Editions {
        observation: Some(Edition::new(at(21, 6, 0), vec![observed])),
        ultra_short: Some(forecast_from(at(21, 5, 30), at(21, 6, 0), 6)),
        short: None,
    };
    let weather = fold(&editions, at(21, 6, 20)).unwrap();
    assert_eq!(weather.now.origin, Origin::Observed);
    let now = weather.now.conditions;
    assert_eq!((now.at, now.temperature, now.sky), (at(21, 6, 0), Some(3.4), Some(Sky::Clear)));
    assert_eq!(
        now.precipitation,
        Some(Precipitation::Rain),
        "no forecast takes the place of what was observed"
    );
}

#[test]
fn without_an_observation_now_is_what_was_forecast_and_without_anything_nothing() {
    let editions =
        Editions { short: Some(forecast_from(at(21, 5, 0), at(21, 6, 0), 60)), ..Editions::default() };
    let weather = fold(&editions, at(21, 6, 20)).unwrap();
    assert_eq!((weather.now.origin, weather.now.conditions.temperature), (Origin::Forecast, Some(6.0)));
    assert_eq!(fold(&Editions::default(), at(21, 6, 20)), None);
}

#[test]
fn an_old_observation_gives_way_to_any_forecast_of_the_hour() {
    let with = |base| Editions {
        observation: Some(Edition::new(at(21, 6, 0), vec![hour(at(21, 6, 0), 3.4)])),
        ultra_short: Some(forecast_from(base, hours_after(hour_of(base), 1), 6)),
        short: None,
    };
    let now = |base, now| {
        let weather = fold(&with(base), now).unwrap();
        (weather.now.origin, weather.now.conditions.temperature, weather.known_at)
    };
    let observed = (Origin::Observed, Some(3.4), at(21, 6, 0));
    assert_eq!(now(at(21, 6, 30), at(21, 8, 0)), observed);
    assert_eq!(now(at(21, 6, 30), at(21, 8, 1)), (Origin::Forecast, Some(8.0), at(21, 6, 30)));
    let older = (Origin::Forecast, Some(8.0), at(21, 5, 30));
    assert_eq!(
        now(at(21, 5, 30), at(21, 8, 1)),
        older,
        "one that is older than it speaks of eight o'clock all the same"
    );
    assert_eq!(now(at(21, 6, 30), at(21, 14, 0)), observed, "none of the hour");
}

#[test]
fn of_two_forecasts_that_take_the_place_of_an_old_observation_it_is_the_newer() {
    let observed = Edition::new(at(21, 4, 0), vec![hour(at(21, 4, 0), 3.4)]);
    let with = |close: Timestamp, far: Timestamp| {
        let mut far = forecast_from(far, hours_after(far, 1), 60);
        far.hours.iter_mut().for_each(|hour| hour.temperature = Some(-9.0));
        let close = forecast_from(close, hours_after(hour_of(close), 1), 6);
        let editions =
            Editions { observation: Some(observed.clone()), ultra_short: Some(close), short: Some(far) };
        let weather = fold(&editions, at(21, 9, 20)).unwrap();
        (weather.now.conditions.temperature, weather.known_at)
    };
    assert_eq!(with(at(21, 5, 30), at(21, 5, 0)), (Some(9.0), at(21, 5, 30)));
    assert_eq!(with(at(21, 5, 30), at(21, 8, 0)), (Some(-9.0), at(21, 8, 0)));
}

/// What is known of today, and in how many days, when a cell is first looked at: by the newest edition alone, which
/// appears ten minutes after its base and says the lowest of a day at 6 h and the highest at 15 h.
fn first_look(base: Timestamp, now: Timestamp) -> (Vec<i8>, Option<f64>, Option<f64>) {
    let mut short = forecast_from(base, hours_after(base, 1), 60);
    for hour in &mut short.hours {
        hour.lowest = (in_seoul(hour.at).hour() == 6).then_some(-4.5);
        hour.highest = (in_seoul(hour.at).hour() == 15).then_some(30.5);
    }
    let ultra_short = Some(forecast_from(hours_after(hour_of(now), -1), hour_of(now), 6));
    let weather = fold(&Editions { ultra_short, short: Some(short), ..Editions::default() }, now).unwrap();
    let facts = crate::facts::Facts::of(&weather, now);
    let today = weather.days[0];
    assert_eq!(facts.lowest, today.lowest.map(|lowest| lowest.round() as i32));
    assert_eq!(facts.highest, today.highest.map(|highest| highest.round() as i32));
    (weather.days.iter().map(|day| day.day.day()).collect(), today.lowest, today.highest)
}

#[test]
fn at_a_first_look_late_in_the_day_today_is_told_and_nothing_in_place_of_what_is_over() {
    let days = vec![21, 22, 23];
    assert_eq!(first_look(at(21, 2, 0), at(21, 2, 10)), (days.clone(), Some(-4.5), Some(30.5)));
    assert_eq!(first_look(at(21, 11, 0), at(21, 12, 10)), (days.clone(), None, Some(30.5)));
    assert_eq!(first_look(at(21, 17, 0), at(21, 17, 10)), (days.clone(), None, None));
    assert_eq!(first_look(at(21, 23, 0), at(21, 23, 30)), (days, None, None));
}

#[test]
fn of_a_day_whose_lowest_and_highest_are_not_said_they_are_those_of_its_hours_if_all_are_known() {
    let editions = |hours| {
        let short = Some(forecast_from(at(20, 23, 0), at(21, 0, 0), hours));
        Editions { short, ..Editions::default() }
    };
    let days = fold(&editions(47), at(21, 0, 10)).unwrap().days;
    let extremes: Vec<_> = days.iter().map(|day| (day.lowest, day.highest)).collect();
    assert_eq!(extremes, [(Some(0.0), Some(23.0)), (None, None)]);
}

#[test]
fn a_forecast_is_as_old_as_the_edition_that_says_it() {
    let mut editions =
        Editions { short: Some(forecast_from(at(21, 2, 0), at(21, 3, 0), 60)), ..Editions::default() };
    assert_eq!(fold(&editions, at(21, 6, 20)).unwrap().known_at, at(21, 2, 0));
    editions.ultra_short = Some(forecast_from(at(21, 5, 30), at(21, 6, 0), 6));
    assert_eq!(fold(&editions, at(21, 6, 20)).unwrap().known_at, at(21, 5, 30));
    editions.ultra_short = None;
    let newer = forecast_from(at(21, 5, 0), at(21, 6, 0), 60);
    editions.short = editions.short.map(|earlier| newer.with_the_day_so_far(&earlier));
    assert_eq!(fold(&editions, at(21, 5, 20)).unwrap().known_at, at(21, 4, 0), "an hour that was taken over");
}

#[test]
fn the_next_hours_come_from_the_closer_forecast_and_beyond_it_from_the_other() {
    let mut close = forecast_from(at(21, 5, 30), at(21, 6, 0), 4);
    for hour in &mut close.hours {
        hour.temperature = Some(-1.0);
        hour.sky = None;
    }
    let far = forecast_from(at(21, 5, 0), at(21, 6, 0), 60);
    let editions = Editions { ultra_short: Some(close), short: Some(far), ..Editions::default() };
    let weather = fold(&editions, at(21, 6, 59)).unwrap();
    let hours: Vec<_> =
        weather.hours.iter().map(|hour| (in_seoul(hour.at).hour(), hour.temperature)).collect();
    let expected = [(7, -1.0), (8, -1.0), (9, -1.0), (10, 10.0), (11, 11.0), (12, 12.0)];
    assert_eq!(hours, expected.map(|(hour, temperature)| (hour, Some(temperature))));
    assert_eq!(weather.hours[0].sky, Some(Sky::Clear), "what the closer one leaves open");
}

#[test]
fn days_are_those_of_korea_and_have_their_lowest_and_highest() {
    let mut far = forecast_from(at(21, 2, 0), at(21, 3, 0), 80);
    far.hours[3].lowest = Some(-4.0);
    far.hours[12].highest = Some(24.5);
    far.hours[30].precipitation = Some(Precipitation::Rain);
    far.hours[31].precipitation = Some(Precipitation::Snow);
    let editions = Editions { short: Some(far), ..Editions::default() };
    let days = fold(&editions, at(21, 4, 0)).unwrap().days;
    assert_eq!(days.iter().map(|day| day.day.day()).collect::<Vec<_>>(), [21, 22, 23]);
    assert_eq!((days[0].lowest, days[0].highest), (Some(-4.0), Some(24.5)));
    assert_eq!((days[1].lowest, days[1].precipitation), (Some(0.0), Some(Precipitation::Sleet)));
    assert_eq!(days[2].precipitation, None);
}

#[test]
fn an_edition_of_the_afternoon_keeps_the_morning_of_the_one_before() {
    let mut morning = forecast_from(at(21, 2, 0), at(21, 3, 0), 80);
    morning.hours[3].lowest = Some(-4.0);
    let afternoon = forecast_from(at(21, 14, 0), at(21, 15, 0), 60).with_the_day_so_far(&morning);
    let day = |edition: &Edition, now| {
        let editions = Editions { short: Some(edition.clone()), ..Editions::default() };
        fold(&editions, now).unwrap().days[0]
    };
    assert_eq!(day(&afternoon, at(21, 15, 0)).lowest, Some(-4.0));
    assert_eq!(afternoon.hours.len(), 12 + 60);
    // The day after nothing is left of it.
    let next = forecast_from(at(22, 2, 0), at(22, 3, 0), 60).with_the_day_so_far(&afternoon);
    assert_eq!(next.hours.first().unwrap().at, at(22, 0, 0));
    assert_eq!(next.hours.len(), 3 + 60);
}

#[test]
fn an_edition_keeps_no_more_than_four_days() {
    let edition = forecast_from(at(21, 2, 0), at(21, 3, 0), 200);
    assert_eq!(edition.hours.len(), 96);
    assert!(edition.at(at(21, 4, 0)).is_some() && edition.at(at(21, 4, 30)).is_none());
}

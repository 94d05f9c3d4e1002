//! The province of a place.
//!
//! There are no borders here, only places: `places.txt` has the seats of all cities, counties and districts
//! (시·군·구), larger towns near the borders of the provinces, the islands, and towns beyond the borders of the
//! country. A place lies where the nearest of them does. What follows from that:
//!
//! - in towns and near seats it is right; along a border that runs through empty land it can be wrong by some
//!   kilometres, so it is good enough for whom to tell of the weather, and not for whom to tax;
//! - at sea it is the nearest shore's, within 60 km;
//! - just beyond the border in the north it can still say Gyeonggi, Incheon or Gangwon.

use std::sync::LazyLock;

use crate::Province;

/// The places: code of the province (`--` beyond the borders), latitude and longitude in degrees (WGS 84, to about
/// 0.01°), name. Written down for this project; no data of others.
const PLACES: &str = include_str!("places.txt");

/// Farther than this from every place is not in Korea.
const FARTHEST_KILOMETRES: f64 = 60.0;

/// The mean radius of the earth.
const EARTH_RADIUS_KILOMETRES: f64 = 6_371.0;

#[derive(Clone, Copy, Debug)]
struct Place {
    /// None beyond the borders.
    province: Option<Province>,
    latitude: f64,
    longitude: f64,
}

static KNOWN: LazyLock<Vec<Place>> = LazyLock::new(|| lines().filter_map(place).collect());

impl Province {
    /// The province at a latitude and a longitude in degrees (WGS 84): that of the nearest known place. None outside
    /// Korea, and for numbers that are no place.
    #[must_use]
    pub fn at(latitude: f64, longitude: f64) -> Option<Self> {
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return None;
        }
        let away = |place: &Place| (kilometres(place, latitude, longitude), place.province);
        let (distance, province) = KNOWN.iter().map(away).min_by(|one, other| one.0.total_cmp(&other.0))?;
        province.filter(|_| distance <= FARTHEST_KILOMETRES)
    }
}

/// The great-circle distance (haversine formula).
fn kilometres(place: &Place, latitude: f64, longitude: f64) -> f64 {
    let (from, to) = (place.latitude.to_radians(), latitude.to_radians());
    let north = ((to - from) / 2.0).sin();
    let east = ((longitude - place.longitude).to_radians() / 2.0).sin();
    let chord = (from.cos() * to.cos()).mul_add(east * east, north * north);
    2.0 * EARTH_RADIUS_KILOMETRES * chord.clamp(0.0, 1.0).sqrt().asin()
}

fn lines() -> impl Iterator<Item = &'static str> {
    PLACES.lines().filter(|line| !line.is_empty())
}

fn place(line: &str) -> Option<Place> {
    let mut fields = line.split_whitespace();
    let code = fields.next()?;
    let province = if code == "--" { None } else { Some(code.parse().ok()?) };
    let (latitude, longitude) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Place { province, latitude, longitude })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expect(places: &[(&str, f64, f64, Province)]) {
        for (name, latitude, longitude, province) in places {
            assert_eq!(Province::at(*latitude, *longitude), Some(*province), "{name}");
        }
    }

    #[test]
    fn each_line_is_a_place_in_korea_or_near_it_and_each_province_has_some() {
        for line in lines() {
            let place = place(line).unwrap();
            assert!((33.0..39.5).contains(&place.latitude), "{line}");
            assert!((124.5..132.0).contains(&place.longitude), "{line}");
            assert_eq!(line.split_whitespace().count(), 4, "{line}");
        }
        assert_eq!(KNOWN.len(), lines().count());
        for province in Province::ALL {
            assert!(KNOWN.iter().any(|place| place.province == Some(province)), "{province:?}");
        }
    }

    /// Two of the same name or at the same spot are a slip of the pen.
    #[test]
    fn no_place_is_there_twice_and_none_lies_far_from_the_others_of_its_province() {
        let mut seen = std::collections::HashSet::new();
        for line in lines() {
            let fields: Vec<_> = line.split_whitespace().collect();
            assert!(seen.insert((fields[0], fields[3])), "{line}");
            assert!(seen.insert((fields[1], fields[2])), "{line}");
            let here = place(line).unwrap();
            let near = KNOWN.iter().filter(|other| other.province == here.province).any(|other| {
                let distance = kilometres(other, here.latitude, here.longitude);
                distance > 0.0 && distance < 115.0
            });
            assert!(near, "{line}");
        }
    }

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        let place = Place { province: None, latitude: 37.0, longitude: 127.0 };
        assert!((kilometres(&place, 38.0, 127.0) - 111.19).abs() < 0.01);
        // Seoul City Hall to Busan City Hall.
        let seoul = Place { province: None, latitude: 37.5663, longitude: 126.9779 };
        assert!((kilometres(&seoul, 35.1798, 129.0750) - 325.0).abs() < 1.0);
    }

    #[test]
    fn well_known_places_of_each_province() {
        expect(&[
            ("경복궁", 37.5796, 126.9770, Province::Seoul),
            ("해운대해수욕장", 35.1587, 129.1604, Province::Busan),
            ("동대구역", 35.8794, 128.6286, Province::Daegu),
            ("인천국제공항", 37.4602, 126.4407, Province::Incheon),
            ("무등산", 35.1342, 126.9889, Province::Gwangju),
            ("한국과학기술원", 36.3721, 127.3604, Province::Daejeon),
            ("대왕암공원", 35.4943, 129.4382, Province::Ulsan),
            ("정부세종청사", 36.5040, 127.2650, Province::Sejong),
            ("수원 화성", 37.2871, 127.0119, Province::Gyeonggi),
            ("속리산", 36.5430, 127.8700, Province::Chungbuk),
            ("독립기념관", 36.7835, 127.2230, Province::Chungnam),
            ("순천만", 34.8860, 127.5090, Province::Jeonnam),
            ("불국사", 35.7900, 129.3320, Province::Gyeongbuk),
            ("해인사", 35.8010, 128.0980, Province::Gyeongnam),
            ("한라산", 33.3617, 126.5292, Province::Jeju),
            ("경포대", 37.7950, 128.8960, Province::Gangwon),
            ("전주 한옥마을", 35.8150, 127.1530, Province::Jeonbuk),
        ]);
    }

    #[test]
    fn near_the_borders_where_people_live() {
        expect(&[
            ("분당 정자역", 37.3670, 127.1080, Province::Gyeonggi),
            ("판교역", 37.3948, 127.1112, Province::Gyeonggi),
            ("과천청사역", 37.4265, 126.9898, Province::Gyeonggi),
            ("광명사거리", 37.4793, 126.8547, Province::Gyeonggi),
            ("하남 미사", 37.5610, 127.1920, Province::Gyeonggi),
            ("김포공항", 37.5583, 126.7944, Province::Seoul),
            ("수서역", 37.4873, 127.1018, Province::Seoul),
            ("강화읍", 37.7470, 126.4850, Province::Incheon),
            ("검단", 37.6010, 126.6570, Province::Incheon),
            ("대전역", 36.3323, 127.4345, Province::Daejeon),
            ("조치원역", 36.6011, 127.2960, Province::Sejong),
            ("오송역", 36.6201, 127.3274, Province::Chungbuk),
            ("군위", 36.2428, 128.5728, Province::Daegu),
            ("나주혁신도시", 35.0190, 126.7900, Province::Jeonnam),
            ("김해공항", 35.1795, 128.9382, Province::Busan),
            ("양산 물금", 35.3090, 128.9870, Province::Gyeongnam),
            ("통도사", 35.4880, 129.0640, Province::Gyeongnam),
            ("KTX 울산역", 35.5514, 129.1386, Province::Ulsan),
        ]);
    }

    #[test]
    fn islands_belong_where_they_do() {
        expect(&[
            ("울릉도", 37.4845, 130.9057, Province::Gyeongbuk),
            ("독도", 37.2413, 131.8646, Province::Gyeongbuk),
            ("백령도", 37.9670, 124.7130, Province::Incheon),
            ("연평도", 37.6660, 125.7000, Province::Incheon),
            ("흑산도", 34.6840, 125.4360, Province::Jeonnam),
            ("제주시", 33.4996, 126.5312, Province::Jeju),
            ("마라도", 33.1170, 126.2680, Province::Jeju),
            ("추자도", 33.9620, 126.2950, Province::Jeju),
        ]);
    }

    #[test]
    fn outside_korea_and_nowhere_there_is_none() {
        for (name, latitude, longitude) in [
            ("Tokyo", 35.6812, 139.7671),
            ("Fukuoka", 33.5904, 130.4017),
            ("Tsushima", 34.2030, 129.2890),
            ("Pyongyang", 39.0392, 125.7625),
            ("Kaesong", 37.9700, 126.5540),
            ("Shanghai", 31.2304, 121.4737),
            ("the other side", -37.5, -53.0),
            ("the origin", 0.0, 0.0),
            ("no latitude", f64::NAN, 127.0),
            ("no longitude", 37.5, f64::NAN),
            ("beyond the pole", 90.1, 127.0),
            ("beyond the date line", 37.5, 486.9),
            ("infinity", f64::INFINITY, f64::NEG_INFINITY),
        ] {
            assert_eq!(Province::at(latitude, longitude), None, "{name}");
        }
    }
}

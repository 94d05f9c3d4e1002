use std::collections::{HashMap, HashSet};

use super::Level::{Block, Quarter, Town};
use super::*;

/// Numbers without a pattern, the same in each run (splitmix64, <https://prng.di.unimi.it/splitmix64.c>).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits are enough")]
    fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * ((self.next() >> 11) as f64 / (1u64 << 53) as f64)
    }
}

fn place(lat: f64, lon: f64) -> Place {
    Place::new(lat, lon).unwrap()
}

/// A place at about `metres` from another one, in some direction.
fn beside(from: Place, metres: f64, direction: f64) -> Place {
    let (latitude, angle) = (from.lat().to_radians(), metres / EARTH_RADIUS);
    let north = latitude.sin() * angle.cos() + latitude.cos() * angle.sin() * direction.cos();
    let north = north.clamp(-1.0, 1.0);
    let east = (direction.sin() * angle.sin() * latitude.cos()).atan2(angle.cos() - latitude.sin() * north);
    let lon = (from.lon() + east.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
    place(north.asin().to_degrees().clamp(-90.0, 90.0), lon.clamp(-180.0, 180.0))
}

/// Where the lines are: in Korea, at the equator, at both poles, at the date line, and on borders of cells.
fn centre(numbers: &mut Numbers) -> Place {
    let anywhere = numbers.between(-180.0, 180.0);
    match numbers.next() % 8 {
        0 => place(numbers.between(-0.05, 0.05), anywhere),
        1 => place(numbers.between(89.9, 90.0), anywhere),
        2 => place(numbers.between(-90.0, -89.9), anywhere),
        3 => {
            let sign = if anywhere < 0.0 { -1.0 } else { 1.0 };
            place(numbers.between(-85.0, 85.0), sign * numbers.between(179.95, 180.0))
        }
        4 => {
            // On a border of a band, and of a column where that is possible.
            let level = Level::ALL[usize::try_from(numbers.next() % 3).unwrap()];
            let band = u32::try_from(numbers.next() % u64::from(level.bands())).unwrap();
            let columns = level.columns(band);
            let column = f64::from(u32::try_from(numbers.next() % u64::from(columns)).unwrap());
            let lon = (column * TAU / f64::from(columns) - PI).to_degrees();
            place(level.edges(band).0.to_degrees().clamp(-90.0, 90.0), lon.clamp(-180.0, 180.0))
        }
        5 => place([90.0, -90.0, 0.0][usize::try_from(numbers.next() % 3).unwrap()], anywhere),
        6 => place(numbers.between(-90.0, 90.0), anywhere),
        _ => place(numbers.between(33.0, 38.7), numbers.between(124.5, 131.9)),
    }
}

/// For each of 200,000 pairs: what a reader of the rule finds by measuring, the cells find, too.
#[test]
fn what_lies_within_the_radius_lies_in_a_cell_that_is_looked_up() {
    let mut numbers = Numbers(20_261_122);
    let (mut within, mut most) = (0, 0);
    for _ in 0..200_000 {
        let from = centre(&mut numbers);
        let radius = match numbers.next() % 5 {
            0 => LARGEST_RADIUS,
            1 => numbers.between(0.0, 5.0),
            2 => [1_250.0, 312.5, 0.0, 100.0][usize::try_from(numbers.next() % 4).unwrap()],
            _ => numbers.between(0.0, LARGEST_RADIUS),
        };
        let distance = match numbers.next() % 3 {
            0 => radius,
            1 => radius + numbers.between(-0.01, 0.01),
            _ => numbers.between(0.0, 1.2 * radius),
        };
        let other = beside(from, distance.max(0.0), numbers.between(0.0, TAU));
        let cells = Cell::around(from, radius);
        most = most.max(cells.len());
        let once: HashSet<Cell> = cells.iter().copied().collect();
        assert_eq!(once.len(), cells.len(), "{from:?} {radius}: a cell is there twice");
        if from.distance(other) <= radius {
            within += 1;
            let cell = Cell::of(Level::of_radius(radius), other);
            assert!(once.contains(&cell), "{from:?} {radius} {other:?}: {cell:?} is not in {cells:?}");
        }
    }
    assert!(within > 80_000, "{within}");
    assert!(most <= MOST_CELLS, "{most}");
}

/// A point in space, for measuring by the chord between two: another formula than that of [`Place::distance`].
fn in_space(place: Place) -> [f64; 3] {
    let (lat, lon) = (place.lat().to_radians(), place.lon().to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// Posts in their cells, as they are stored, and each of them measured. Half of them are in one town; the others, and the
/// middles of the circles, are where the lines are, or on the spot of a post.
#[test]
fn of_200_000_points_the_cells_give_exactly_those_that_measuring_each_finds() {
    let mut numbers = Numbers(20_261_123);
    let town = |numbers: &mut Numbers| place(numbers.between(37.47, 37.66), numbers.between(126.86, 127.1));
    let points: Vec<Place> = (0..200_000)
        .map(|number| if number % 2 == 0 { town(&mut numbers) } else { centre(&mut numbers) })
        .collect();
    let space: Vec<[f64; 3]> = points.iter().map(|point| in_space(*point)).collect();
    let mut cells: HashMap<Cell, Vec<usize>> = HashMap::new();
    for (number, point) in points.iter().enumerate() {
        for level in Level::ALL {
            cells.entry(Cell::of(level, *point)).or_default().push(number);
        }
    }
    let mut found_at_all = 0;
    for circle in 0..120 {
        let from = match circle % 4 {
            0 => points[usize::try_from(numbers.next() % 200_000).unwrap()],
            1 => town(&mut numbers),
            _ => centre(&mut numbers),
        };
        let radius = [5_000.0, 1_250.0, 0.0, 4_000.0, 300.0][circle % 5] * numbers.between(0.9, 1.0);
        let mut found: Vec<usize> = Cell::around(from, radius)
            .iter()
            .filter_map(|cell| cells.get(cell))
            .flatten()
            .copied()
            .filter(|number| from.distance(points[*number]) <= radius)
            .collect();
        found.sort_unstable();
        let middle = in_space(from);
        let chord = 2.0 * (radius / EARTH_RADIUS / 2.0).sin();
        let near = |point: &[f64; 3]| {
            let [x, y, z] = [0, 1, 2].map(|axis| point[axis] - middle[axis]);
            x * x + y * y + z * z <= chord * chord
        };
        let expected: Vec<usize> = (0..points.len()).filter(|number| near(&space[*number])).collect();
        assert_eq!(found, expected, "{from:?} {radius}");
        found_at_all += expected.len();
    }
    assert!(found_at_all > 100_000, "{found_at_all}");
}

#[test]
fn away_from_the_poles_a_circle_touches_at_most_nine_cells() {
    let (mut numbers, mut largest) = (Numbers(7), 0);
    for _ in 0..50_000 {
        let from = place(numbers.between(-89.7, 89.7), numbers.between(-180.0, 180.0));
        let radius = numbers.between(0.0, LARGEST_RADIUS);
        let cells = Cell::around(from, radius);
        assert!((1..=9).contains(&cells.len()), "{from:?} {radius}: {}", cells.len());
        largest += Cell::around(from, LARGEST_RADIUS).len();
    }
    // On average eight of the largest: the corners are left out.
    assert!(largest < 50_000 * 17 / 2, "{largest}");
}

/// A circle that were looked up in too large cells would be right, and slow.
#[test]
fn a_small_circle_is_looked_up_in_small_cells() {
    let levels = [0.0, 312.5, 312.6, 1_250.0, 1_250.1, 5_000.0].map(Level::of_radius);
    assert_eq!(levels, [Block, Block, Quarter, Quarter, Town, Town]);
    // As good as always a circle this small lies in one cell.
    assert_eq!(Cell::around(place(37.5665, 126.978), 1.0).len(), 1);
}

#[test]
fn both_sides_of_the_date_line_are_one_meridian_and_a_pole_is_one_place() {
    for level in Level::ALL {
        assert_eq!(Cell::of(level, place(10.0, 180.0)), Cell::of(level, place(10.0, -180.0)));
        for lat in [90.0, -90.0] {
            assert_eq!(Cell::of(level, place(lat, -70.0)), Cell::of(level, place(lat, 120.0)));
        }
    }
}

#[test]
fn a_cell_has_the_name_under_which_posts_are_stored() {
    let seoul = place(37.5665, 126.978);
    let names = Level::ALL.map(|level| Cell::of(level, seoul).to_string());
    assert_eq!(names, ["0#2836#5410", "1#11347#21643", "2#45390#86579"]);
}

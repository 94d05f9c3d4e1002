//! Posts all over the Earth, and what a reader of the rule finds by measuring each of them.

use community_rules::place::EARTH_RADIUS;

use crate::people::{id, pages, post_at, side_by_side, town};

/// Numbers without a pattern, the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * (self.below(1 << 30) as f64 / f64::from(1 << 30))
    }
}

/// The middles of the places where posts are: cities, the date line, both poles, the equator.
const MIDDLES: [(f64, f64); 8] = [
    (37.5665, 126.978),
    (33.4996, 126.5312),
    (-16.8, 180.0),
    (64.0, -180.0),
    (90.0, 0.0),
    (-90.0, 45.0),
    (0.0, 0.0),
    (89.96, 120.0),
];

/// A place some kilometres from a middle.
fn somewhere(numbers: &mut Numbers) -> (f64, f64) {
    let (lat, lon) = MIDDLES[usize::try_from(numbers.below(8)).unwrap()];
    let north = numbers.between(-0.07, 0.07);
    // Near a pole every direction is near.
    let width = if lat.abs() > 89.0 { 180.0 } else { 0.07 / lat.to_radians().cos() };
    let east = numbers.between(-width, width);
    let lon = (lon + east + 540.0).rem_euclid(360.0) - 180.0;
    ((lat + north).clamp(-90.0, 90.0), lon)
}

/// By the chord between two points in space: another formula than the function's.
fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    let point = |(lat, lon): (f64, f64)| {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let (one, other) = (point(one), point(other));
    let chord: f64 = one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum();
    2.0 * EARTH_RADIUS * (chord.sqrt() / 2.0).asin()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_what_measuring_every_post_finds() {
    let maru = town().await;
    let mut numbers = Numbers(20_260_116);
    let places: Vec<(f64, f64)> = (0..1_500).map(|_| somewhere(&mut numbers)).collect();
    let posts = side_by_side(places, async |place| {
        maru.stack.clock().advance(std::time::Duration::from_millis(1));
        (id(&post_at(&maru, "usr_a", place).await), place)
    })
    .await;
    let mut found_at_all = 0;
    let circles: Vec<((f64, f64), f64)> = (0..90)
        .map(|number| {
            // On the spot of a post, or anywhere; as far as a post is, or any radius.
            let from = if number % 3 == 0 { posts[number].1 } else { somewhere(&mut numbers) };
            let radius = [5_000.0, 0.0, 300.0, 1_250.0][number % 4] + numbers.between(0.0, 1.0);
            (from, radius.min(5_000.0))
        })
        .collect();
    let lists = side_by_side(circles, async |(from, radius)| {
        let path = format!("/posts?lat={}&lon={}&radius={radius}", from.0, from.1);
        (from, radius, pages(&maru, &path, "", 25).await)
    });
    for (from, radius, found) in lists.await {
        let mut expected: Vec<&String> =
            posts.iter().filter(|(_, place)| distance(from, *place) <= radius).map(|(id, _)| id).collect();
        expected.sort_unstable_by(|one, other| other.cmp(one));
        found_at_all += expected.len();
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{from:?} {radius}");
    }
    assert!(found_at_all > 500, "{found_at_all}");
}

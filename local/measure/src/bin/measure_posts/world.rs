//! A country with many posts.

use std::collections::BTreeMap;

use community_rules::cells::{Cell, Level};
use community_rules::place::Place;
use futures::{StreamExt, TryStreamExt, stream};
use jiff::SignedDuration;
use maru_lambda::{Environment, new_id};
use maru_measure::Outcome;
use maru_store::{Key, Table};
use maru_testing::{Item, Maru, Setup};
use serde_json::json;

/// How many posts are written by one task, and how many tasks there are.
const PART: usize = 500;
const AT_ONCE: usize = 8;

/// The middle of the town, and half of its side and of the country's, in degrees of latitude: 10 and 100 km.
const MIDDLE: (f64, f64) = (37.5665, 126.978);
const TOWN: f64 = 0.09;
const COUNTRY: f64 = 0.9;

/// A stack and what is written there.
pub struct World {
    maru: Maru,
    table: Table,
    /// Id and place, the oldest first.
    posts: Vec<(String, Place)>,
    numbers: Numbers,
}

/// Numbers without a pattern, the same in each run (splitmix64, <https://prng.di.unimi.it/splitmix64.c>).
struct Numbers(u64);

impl World {
    /// One without posts.
    pub async fn new() -> Outcome<Self> {
        let maru = Setup::new(vec![community::FUNCTIONS]).frozen().start().await;
        let mut tables = maru.stack.parts().template.tables.iter();
        let table = tables.find(|table| table.logical_id == "CommunityTable").ok_or("no table")?;
        let variables = BTreeMap::from([("COMMUNITY_TABLE".to_owned(), table.name.clone())]);
        let clock = maru.stack.clock().for_functions();
        let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
        let table = Table::open(&environment, "COMMUNITY_TABLE")?;
        Ok(Self { maru, table, posts: Vec::new(), numbers: Numbers(20_260_116) })
    }

    /// The stack.
    pub fn maru(&self) -> &Maru {
        &self.maru
    }

    /// Every post, the oldest first.
    pub fn posts(&self) -> &[(String, Place)] {
        &self.posts
    }

    /// Writes posts until there are `count`.
    pub async fn fill(&mut self, count: usize) -> Outcome<()> {
        let before = self.posts.len();
        while self.posts.len() < count {
            let number = self.posts.len();
            let side = if number.is_multiple_of(2) { TOWN } else { COUNTRY };
            let place = self.place(side)?;
            let at = self.maru.stack.clock().now() + SignedDuration::from_millis(i64::try_from(number)?);
            self.posts.push((new_id("pst", at), place));
        }
        let new = self.posts.get(before..).unwrap_or_default();
        stream::iter(new.chunks(PART).map(|part| self.write(part)))
            .buffer_unordered(AT_ONCE)
            .try_collect::<()>()
            .await
    }

    /// Somewhere in the town.
    pub fn places(&self, count: usize) -> Outcome<Vec<Place>> {
        let mut numbers = Numbers(7);
        (0..count).map(|_| numbers.place(TOWN)).collect()
    }

    fn place(&mut self, side: f64) -> Outcome<Place> {
        self.numbers.place(side)
    }

    async fn write(&self, posts: &[(String, Place)]) -> Outcome<()> {
        let mut items: Vec<Item> = Vec::with_capacity(5 * posts.len());
        for (id, place) in posts {
            let author = format!("usr_{}", &id[id.len() - 4..]);
            let post = json!({
                "id": id, "authorId": author, "title": "여기 눈 와요", "body": "우산을 챙기세요. ".repeat(8),
                "place": place, "createdAt": "2026-01-15T15:10:00Z",
            });
            items.push(self.table.encode(&Key::new(format!("POST#{id}"), "POST"), &post)?);
            items.push(self.table.encode(&Key::new(format!("AUTHOR#{author}"), id), &json!({}))?);
            for level in Level::ALL {
                let key = Key::new(format!("CELL#{}", Cell::of(level, *place)), id);
                items.push(self.table.encode(&key, &json!({ "authorId": author, "place": place }))?);
            }
        }
        Ok(self.table.put_all(items).await?)
    }
}

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// −1 to 1.
    fn around_zero(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits are enough")]
        let number = (self.next() >> 11) as f64 / (1u64 << 52) as f64;
        number - 1.0
    }

    fn place(&mut self, side: f64) -> Outcome<Place> {
        let lat = MIDDLE.0 + side * self.around_zero();
        let lon = MIDDLE.1 + side * self.around_zero() / lat.to_radians().cos();
        Ok(Place::new(lat, lon)?)
    }
}

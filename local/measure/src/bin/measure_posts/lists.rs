//! Lists as a client reads them.

use std::time::{Duration, Instant};

use community_rules::place::Place;
use maru_measure::Outcome;
use serde_json::Value;

use crate::world::World;

/// The largest page.
const LARGEST: usize = 100;

/// How many of the newest of a whole list are compared.
const COMPARED: usize = 3_000;

/// Which page of which circles.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// In metres.
    pub radius: u32,
    /// From 1 on.
    pub page: usize,
}

/// What pages took.
#[derive(Debug, Default)]
pub struct Cost {
    /// From the request to its answer.
    pub times: Vec<Duration>,
    /// The most calls that read several items by their keys.
    pub batches: u64,
    queries: Vec<u64>,
    items: Vec<u64>,
}

impl Cost {
    /// So many queries were enough for so many per cent of the pages.
    pub fn queries(&self, percent: usize) -> u64 {
        at(&self.queries, percent)
    }

    /// So many posts were on a page.
    pub fn items(&self, percent: usize) -> u64 {
        at(&self.items, percent)
    }
}

fn at(numbers: &[u64], percent: usize) -> u64 {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    let place = (numbers.len() * percent).div_ceil(100).saturating_sub(1);
    numbers.get(place).copied().unwrap_or_default()
}

/// What a page of 20 takes around each of so many places; none if no list is so long.
pub async fn cost(world: &World, question: Question, places: usize) -> Outcome<Option<Cost>> {
    let (maru, mut cost) = (world.maru(), Cost::default());
    let counts = &maru.stack.parts().counts;
    for place in world.places(places)? {
        let path = path(place, question.radius);
        let Some(at) = cursor_of(world, &path, question.page).await? else { continue };
        counts.clear();
        let began = Instant::now();
        let page = maru.get(&format!("{path}&limit=20{at}"), "").await.expect(200);
        cost.times.push(began.elapsed());
        cost.items.push(u64::try_from(page["items"].as_array().map_or(0, Vec::len))?);
        let made = counts.calls().into_iter();
        let made: Vec<_> = made.filter(|call| call.function.as_deref() == Some("list_posts")).collect();
        let of = |operation: &str| {
            made.iter().filter(|call| call.operation == operation).map(|call| call.count).sum()
        };
        cost.queries.push(of("Query"));
        cost.batches = cost.batches.max(of("BatchGetItem"));
    }
    Ok((!cost.times.is_empty()).then_some(cost))
}

/// Holds whole lists against what measuring finds; gives how many posts were on them.
pub async fn compare(world: &World, places: usize) -> Outcome<usize> {
    let mut compared = 0;
    for (place, radius) in world.places(places)?.into_iter().zip([5_000, 1_250, 300].into_iter().cycle()) {
        let near = |(_, other): &&(String, Place)| place.distance(*other) <= f64::from(radius);
        let expected: Vec<&str> =
            world.posts().iter().rev().filter(near).take(COMPARED).map(|(id, _)| id.as_str()).collect();
        let found = newest(world, &path(place, radius)).await?;
        if found != expected {
            return Err(
                format!("around {place:?} the list has {} and not {}", found.len(), expected.len()).into()
            );
        }
        compared += found.len();
    }
    Ok(compared)
}

fn path(place: Place, radius: u32) -> String {
    format!("/posts?lat={}&lon={}&radius={radius}", place.lat(), place.lon())
}

/// The ids of a list, the first ones if there are very many.
async fn newest(world: &World, path: &str) -> Outcome<Vec<String>> {
    let (mut found, mut at) = (Vec::new(), String::new());
    loop {
        let page = world.maru().get(&format!("{path}&limit={LARGEST}{at}"), "").await.expect(200);
        let items = page["items"].as_array().ok_or("a page without items")?;
        found.extend(items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)));
        match page["nextCursor"].as_str() {
            Some(next) if found.len() < COMPARED => at = format!("&cursor={next}"),
            _ => return Ok(found),
        }
    }
}

/// Where page `page` begins; none if the list ends before.
async fn cursor_of(world: &World, path: &str, page: usize) -> Outcome<Option<String>> {
    let mut at = String::new();
    for _ in 1..page {
        let found: Value = world.maru().get(&format!("{path}&limit=20{at}"), "").await.expect(200);
        match found["nextCursor"].as_str() {
            Some(next) => at = format!("&cursor={next}"),
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}

//! Lists as a client reads them.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use maru_measure::{Outcome, median};
use maru_testing::Maru;
use serde_json::Value;

/// The largest page.
const LARGEST: usize = 100;

/// What a page takes.
pub struct Cost {
    /// The calls of the database, by operation and table.
    pub calls: BTreeMap<String, u64>,
    /// The median of the times to its answer.
    pub time: Duration,
}

/// The ids of a whole list.
pub async fn whole(maru: &Maru, path: &str, token: &str) -> Outcome<Vec<String>> {
    let (mut found, mut at) = (Vec::new(), String::new());
    loop {
        let page = maru.get(&format!("{path}&limit={LARGEST}{at}"), token).await.expect(200);
        let items = page["items"].as_array().ok_or("a page without items")?;
        found.extend(items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)));
        let Some(next) = page["nextCursor"].as_str() else { return Ok(found) };
        at = format!("&cursor={next}");
    }
}

/// Goes from page to page; gives the cursor of page `page`.
pub async fn cursor_of(maru: &Maru, path: &str, token: &str, page: usize) -> Outcome<String> {
    let mut cursor = None::<String>;
    for _ in 1..page {
        let at = cursor.map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
        let found = maru.get(&format!("{path}{at}"), token).await.expect(200);
        cursor = Some(found["nextCursor"].as_str().ok_or("the list is too short")?.to_owned());
    }
    cursor.ok_or_else(|| "page 1 has no cursor".into())
}

/// What one page takes.
pub async fn cost(maru: &Maru, path: &str, token: &str, runs: usize) -> Outcome<Cost> {
    let counts = &maru.stack.parts().counts;
    let mut times = Vec::with_capacity(runs);
    let mut calls = BTreeMap::new();
    for _ in 0..runs {
        counts.clear();
        let began = Instant::now();
        let page: Value = maru.get(path, token).await.expect(200);
        times.push(began.elapsed());
        if page["items"].as_array().is_none_or(Vec::is_empty) {
            return Err("an empty page".into());
        }
        let made = counts.calls().into_iter();
        let made = made.filter(|call| call.function.as_deref() == Some("list_hub_resumes"));
        calls = made.map(|call| (format!("{} {}", call.operation, call.resource), call.count)).collect();
    }
    Ok(Cost { calls, time: median(times) })
}

//! Many people and few coupons.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

use futures::{StreamExt, stream};
use maru_measure::{Outcome, build, milliseconds, percentile, rounded, say};
use serde_json::json;

use crate::Arguments;
use crate::crew::{Answered, Crew, Kills, Pace};
use crate::orders::What;
use crate::world::World;

/// Lets them click, checks who has what, and says how long they waited.
pub async fn measure(world: &World, arguments: &Arguments) -> Outcome<()> {
    let Arguments { workers, people, repeats, stock, clicks, kills, .. } = *arguments;
    let coupon = world.coupon(stock).await?;
    let mut clickers: Vec<usize> = (0..people).collect();
    clickers.extend((0..repeats).map(|click| click * 5 % people));
    // Mixed, always in the same way: by a number without a common divisor.
    let count = clickers.len();
    let clickers: Vec<usize> = (0..count).map(|place| clickers[place * 7_919 % count]).collect();
    if clickers.iter().collect::<HashSet<_>>().len() != people {
        return Err("choose numbers that have no divisor in common with 7919".into());
    }
    let tokens: Vec<String> = (0..people).map(|person| world.token(&name(person))).collect();
    let claim = |person: &usize| What::Claim { coupon: coupon.clone(), token: tokens[*person].clone() };
    let mut crew = Crew::start(world.configuration()?, workers)?;
    // Every process has its connections, as one has that was warm before the coupon opened.
    let warm = vec![What::Write; 50 * workers];
    tokio::task::block_in_place(|| crew.run(warm, Pace::AtOnce(4 * workers), Kills::default()))?;
    let all = clickers.iter().map(claim).collect();
    // As long as there are pieces: a process that only reads leaves nothing half done.
    let kills = Kills { times: kills, made: usize::try_from(stock)? };
    let began = Instant::now();
    let answered = tokio::task::block_in_place(|| crew.run(all, Pace::PerSecond(clicks), kills))?;
    let seconds = began.elapsed().as_secs_f64();
    let given = check(world, stock, &clickers, &answered).await?;
    let times = |wanted: &dyn Fn(&Answered) -> bool| {
        answered.iter().filter(|answered| wanted(answered)).map(|answered| answered.took).collect::<Vec<_>>()
    };
    let (everybody, refused) = (times(&|_| true), times(&|answered| answered.done.status == 409));
    let had = times(&|answered| answered.done.status != 409);
    say(&json!({
        "build": build(), "part": "rush", "people": people, "repeats": repeats, "stock": stock, "workers": workers,
        "killed": kills.times, "clicksPerSecond": clicks, "seconds": rounded(seconds), "given": given,
        "sentAgain": answered.iter().filter(|answered| answered.sent > 1).count(),
        "givenAgain": answered.iter().filter(|answered| answered.sent > 1 && answered.done.status < 300).count(),
        "failed": answered.iter().filter(|answered| answered.failed > 0).count(),
        "p50Milliseconds": milliseconds(percentile(everybody.clone(), 50)),
        "p99Milliseconds": milliseconds(percentile(everybody, 99)),
        "refusedP99Milliseconds": milliseconds(percentile(refused, 99)),
        "givenP99Milliseconds": milliseconds(percentile(had, 99)),
    }));
    Ok(())
}

fn name(person: usize) -> String {
    format!("usr_rush_{person}")
}

/// Holds what people were told against what they have, and both against the count; gives how many have one.
async fn check(world: &World, stock: u32, clickers: &[usize], answered: &[Answered]) -> Outcome<usize> {
    let mut told: HashMap<usize, &str> = HashMap::new();
    let mut refused = HashSet::new();
    for (person, Answered { done, .. }) in clickers.iter().zip(answered) {
        match (done.status, done.said.as_str()) {
            (200 | 201, claim) => {
                if told.insert(*person, claim).is_some_and(|before| before != claim) {
                    return Err(format!("{} has two claims", name(*person)).into());
                }
            }
            (409, "sold_out") => drop(refused.insert(*person)),
            other => return Err(format!("{} was told {other:?}", name(*person)).into()),
        }
    }
    if told.len() != usize::try_from(stock)? {
        return Err(format!("{} have one, and there were {stock}", told.len()).into());
    }
    // A click that failed and was sent again is one that came later; nobody who was refused got one after that.
    if let Some(person) = told.keys().find(|person| refused.contains(*person)) {
        return Err(format!("{} was refused and has one", name(*person)).into());
    }
    let maru = world.maru();
    let found = stream::iter(0..clickers.iter().max().map_or(0, |last| last + 1)).map(async |person| {
        let page = maru.get("/me/coupons", &world.token(&name(person))).await.expect(200);
        let items = page["items"].as_array().cloned().unwrap_or_default();
        (person, items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)).collect::<Vec<_>>())
    });
    let found: BTreeMap<usize, Vec<String>> = found.buffer_unordered(16).collect().await;
    for (person, claims) in found {
        let expected: Vec<&str> = told.get(&person).copied().into_iter().collect();
        if claims != expected {
            return Err(format!("{} has {claims:?} and was told {expected:?}", name(person)).into());
        }
    }
    let night = maru.stack.run_scheduled("cron_reconcile_coupons").await?;
    if night.answer["differing"] != 0 {
        return Err(format!("the count of the night: {}", night.answer).into());
    }
    Ok(told.len())
}

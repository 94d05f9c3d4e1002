//! Claims a second against the database's own conditional writes a second: of one item each, and of what a claim writes.

use std::time::Instant;

use maru_measure::{Outcome, build, rounded, say};
use serde_json::json;

use crate::Arguments;
use crate::crew::{Crew, Kills, Pace};
use crate::orders::What;
use crate::world::World;

/// Measures both, in turn.
pub async fn measure(world: &World, arguments: &Arguments) -> Outcome<()> {
    let Arguments { workers, at_once, claims, rounds, .. } = *arguments;
    let mut crew = Crew::start(world.configuration()?, workers)?;
    // Connections are opened before anything counts.
    rate(&mut crew, vec![What::Write; 200], at_once)?;
    let mut found = Vec::with_capacity(rounds);
    for round in 0..rounds {
        // So many that no share of it comes to an end.
        let coupon = world.coupon(2 * claims).await?;
        let claim = |claim| What::Claim {
            coupon: coupon.clone(),
            token: world.token(&format!("usr_{round}_{claim}")),
        };
        let all: Vec<What> = (0..claims).map(claim).collect();
        let writes = rate(&mut crew, vec![What::Write; all.len()], at_once)?;
        let transactions = rate(&mut crew, vec![What::Transaction; all.len()], at_once)?;
        let claims = rate(&mut crew, all, at_once)?;
        found.push((claims / transactions, writes, transactions, claims));
    }
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (_, writes, transactions, claimed) = *found.get(rounds / 2).ok_or("no rounds")?;
    say(&json!({
        "build": build(), "part": "rates", "workers": workers, "atOnce": at_once, "claims": claims, "rounds": rounds,
        "writesPerSecond": rounded(writes), "transactionsPerSecond": rounded(transactions),
        "claimsPerSecond": rounded(claimed), "claimsToWrites": rounded(claimed / writes),
        "claimsToTransactions": rounded(claimed / transactions),
    }));
    Ok(())
}

fn rate(crew: &mut Crew, all: Vec<What>, at_once: usize) -> Outcome<f64> {
    let count = u32::try_from(all.len())?;
    let began = Instant::now();
    let answered = tokio::task::block_in_place(|| crew.run(all, Pace::AtOnce(at_once), Kills::default()))?;
    let took = began.elapsed();
    match answered.iter().find(|answered| answered.done.status != 201 || answered.sent != 1) {
        Some(other) => Err(format!("not done at once: {other:?}").into()),
        None => Ok(f64::from(count) / took.as_secs_f64()),
    }
}

//! A night in which much goes wrong, and both sides' books after it.

use std::collections::HashMap;
use std::time::Duration;

use maru_measure::{Outcome, build, say};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use crate::world::{PRICE, World, member};

/// Of a hundred subscriptions so many fail, and of so many others the answer is lost after the money moved.
const FAILING: usize = 5;
const LOST: usize = 5;

/// How long at most a worker lives before another is killed.
const KILLED_WITHIN: Duration = Duration::from_millis(400);

/// How often what comes every minute may come until the night is over: five hours.
const MINUTES: usize = 300;

/// A night of so many subscriptions; what goes wrong follows from the seed.
pub async fn night(subscriptions: usize, seed: u64) -> Outcome<()> {
    let world = World::with(subscriptions, Duration::ZERO).await?;
    let mut random = StdRng::seed_from_u64(seed);
    let (mut failing, mut lost) = (0, 0);
    for number in 0..subscriptions {
        let kind = match random.random_range(0..100) {
            chance if chance < FAILING => FaultKind::Refusal(-780),
            chance if chance < FAILING + LOST => FaultKind::LostAnswer,
            _ => continue,
        };
        // A card that fails does so however often it is asked; an answer is lost once.
        let fails = kind != FaultKind::LostAnswer;
        failing += usize::from(fails);
        lost += usize::from(!fails);
        let operation = format!("kakaopay/subscription:{}", member(number));
        let times = if fails { u32::MAX } else { 1 };
        world.fault(Fault::new(FaultTarget::Partner, kind, times).of_operation(&operation));
    }
    let killed = worked_through_by_workers_that_die(&world, &mut random).await?;
    let finished = until_it_is_over(&world).await?;
    let again = repeated(&world).await?;
    let charges = compare(&world, subscriptions - failing).await?;
    let told = [&finished["charged"], &finished["declined"]].map(Value::as_u64);
    if told != [u64::try_from(charges).ok(), u64::try_from(failing).ok()] {
        return Err(format!("the night says that it did {finished}").into());
    }
    say(&json!({
        "build": build(), "seed": seed, "subscriptions": subscriptions, "failing": failing, "answersLost": lost,
        "killed": killed, "charges": charges, "won": i64::try_from(charges)? * PRICE, "finished": finished,
        "startedAgain": again,
    }));
    Ok(())
}

/// Workers are killed at random until nothing is at work any more; gives how often.
async fn worked_through_by_workers_that_die(world: &World, random: &mut StdRng) -> Outcome<usize> {
    let plan = world.plan();
    tokio::pin!(plan);
    let mut killed = 0;
    loop {
        let pause = random.random_range(Duration::ZERO..KILLED_WITHIN);
        tokio::select! {
            done = &mut plan => return done.map(|()| killed),
            () = tokio::time::sleep(pause) => {
                world.maru.stack.kill("on_renewal_due");
                killed += 1;
            }
        }
    }
}

/// Minute by minute, until the night is over; gives what was told of it, which has to be told once.
async fn until_it_is_over(world: &World) -> Outcome<Value> {
    let mut told: Vec<Value> = Vec::new();
    for _ in 0..MINUTES {
        let answer = world.later(Duration::from_secs(60)).await?;
        told.extend(answer["finished"].as_array().into_iter().flatten().cloned());
    }
    match <[Value; 1]>::try_from(told) {
        Ok([once]) => Ok(once),
        Err(told) => Err(format!("the end of the night was told {} times", told.len()).into()),
    }
}

/// The night is started again: nothing may happen.
async fn repeated(world: &World) -> Outcome<Value> {
    let before = world.charges().await?.len();
    let answer = world.maru.stack.run_scheduled("cron_plan_renewals").await?.answer;
    if world.charges().await?.len() != before {
        return Err("starting the night again charged somebody".into());
    }
    Ok(answer)
}

/// Order by order: what KakaoPay took is in our ledger and the other way round, and nobody was charged twice. Gives how
/// many were charged.
async fn compare(world: &World, expected: usize) -> Outcome<usize> {
    let charges = world.charges().await?;
    let mut ledger = world.ledger().await?;
    let mut members: HashMap<&str, usize> = HashMap::new();
    for charge in &charges {
        *members.entry(&charge.user_id).or_default() += 1;
        let ours = ledger.remove(&charge.order_id).unwrap_or_default();
        if ours != charge.amount {
            return Err(
                format!("{}: KakaoPay took {}, we have {ours}", charge.order_id, charge.amount).into()
            );
        }
    }
    if let Some(order) = ledger.keys().next() {
        return Err(format!("{order} is in our ledger and not in KakaoPay's books").into());
    }
    if let Some((member, times)) = members.iter().find(|(_, times)| **times > 1) {
        return Err(format!("{member} was charged {times} times").into());
    }
    if charges.len() != expected {
        return Err(format!("{} were charged, {expected} had to be", charges.len()).into());
    }
    Ok(charges.len())
}

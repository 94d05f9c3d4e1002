//! Posts around a place among ten thousand, a hundred thousand and a million: whether a list is exactly what is near,
//! and what a page reads and takes.
//!
//! Half of the posts are in a town of 20 km, the others in a country of 200 km. They are written in batches, in the form
//! in which the function writes them. Lists are asked for over HTTP. Of some places the whole list is held against what
//! measuring the distance of every post finds.
//!
//! ```sh
//! cargo build --release -p maru-measure && target/release/measure_posts
//! ```

mod lists;
mod world;

use clap::Parser;
use lists::Question;
use maru_measure::{Outcome, build, milliseconds, percentile, say};
use serde_json::json;
use world::World;

#[derive(Parser)]
struct Arguments {
    /// How many posts there are, fewer first; may be given several times.
    #[arg(long, default_values_t = [10_000, 100_000, 1_000_000])]
    posts: Vec<usize>,
    /// How many places in the town are asked for each page.
    #[arg(long, default_value_t = 200)]
    places: usize,
    /// Of how many places the whole list is compared.
    #[arg(long, default_value_t = 10)]
    compared: usize,
    /// Which page is far.
    #[arg(long, default_value_t = 20)]
    page: usize,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    let mut world = World::new().await?;
    for posts in arguments.posts {
        world.fill(posts).await?;
        let found = lists::compare(&world, arguments.compared).await?;
        for question in [
            Question { radius: 5_000, page: 1 },
            Question { radius: 5_000, page: arguments.page },
            Question { radius: 300, page: 1 },
        ] {
            let Some(cost) = lists::cost(&world, question, arguments.places).await? else { continue };
            say(&json!({
                "build": build(), "posts": posts, "radius": question.radius, "page": question.page,
                "pages": cost.times.len(), "compared": found,
                "queriesMedian": cost.queries(50), "queriesMost": cost.queries(100), "batchesMost": cost.batches,
                "itemsMedian": cost.items(50),
                "p50Milliseconds": milliseconds(percentile(cost.times.clone(), 50)),
                "p99Milliseconds": milliseconds(percentile(cost.times, 99)),
            }));
        }
    }
    Ok(())
}

//! Forgetting: what nobody can see any more is deleted, and nothing else.

use std::time::Duration;

use crate::night::setup;

#[tokio::test(flavor = "multi_thread")]
async fn of_three_generations_the_first_is_forgotten() {
    let maru = setup().start().await;
    let mut generations = Vec::new();
    for _ in 0..3 {
        generations.push(maru.night().await["id"].as_str().unwrap().to_owned());
        maru.settle().await;
        maru.stack.clock().advance(Duration::from_secs(24 * 60 * 60));
    }
    let mut counts = Vec::new();
    for generation in &generations {
        counts.push(maru.items(&format!("GENERATION#{generation}#lecturer-a")).await.len());
    }
    assert_eq!(counts[0], 0);
    assert!(counts[1] > 0 && counts[1] == counts[2], "{counts:?}");
    let _ = maru.get("/consulting/dashboard", &maru.lecturer("lecturer-a")).await.expect(200);
}

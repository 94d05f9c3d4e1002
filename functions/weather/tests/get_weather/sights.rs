//! Where members are, for the other domains.

use maru_province::Province;
use maru_testing::kma::{Falling, Hour};
use maru_whereabouts::{Precipitation, Sky};

use crate::{BUSAN, OTHER, OWNER, SEOUL, look, setup, wait, whereabouts};

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_known_to_be_where_they_looked_last_and_a_guest_nowhere() {
    let maru = setup().start().await;
    maru.kma().weather(Hour::wet(-1.0, Falling::Snow, 2.0));
    look(&maru, OWNER, SEOUL).await;
    look(&maru, "", SEOUL).await;
    let known = whereabouts(&maru);
    let sight = known.of(OWNER).await.unwrap().unwrap();
    assert_eq!((sight.province, sight.nx, sight.ny), (Some(Province::Seoul), 60, 127));
    assert_eq!((sight.conditions.precipitation, sight.conditions.sky), (Precipitation::Snow, Sky::Cloudy));
    assert_eq!(sight.conditions.temperature, Some(-1.0));
    assert_eq!(known.of(OTHER).await.unwrap(), None);
    wait(&maru, 1);
    look(&maru, OWNER, BUSAN).await;
    assert_eq!(known.of(OWNER).await.unwrap().unwrap().province, Some(Province::Busan));
    assert_eq!(known.of(OWNER).await.unwrap().unwrap().observed_at.to_string(), "2026-01-15T15:00:00Z");
    maru.kma().down();
    wait(&maru, 120);
    look(&maru, OWNER, BUSAN).await;
    let later = known.of(OWNER).await.unwrap().unwrap();
    // Observed too long ago: it is known from the forecast of half an hour before midnight in Korea.
    assert_eq!(
        [later.observed_at, later.seen_at].map(|at| at.to_string()),
        ["2026-01-15T14:30:00Z", "2026-01-15T17:11:00Z"]
    );
    wait(&maru, 30 * 24 * 60);
    assert_eq!(known.of(OWNER).await.unwrap(), None, "thirty days later");
}

//! A cursor is good only for the circle and the caller that it came from.

use reqwest::Method;

use crate::people::{ask, post_at, read, town};

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_another_place_radius_or_caller_is_refused() {
    let maru = town().await;
    for _ in 0..3 {
        post_at(&maru, "usr_a", (37.5, 127.0)).await;
    }
    let circles =
        ["lat=37.5&lon=127", "lat=37.5&lon=127.0001", "lat=37.5001&lon=127", "lat=37.5&lon=127&radius=4999"];
    for from in circles {
        let page = read(&maru, &format!("/posts?{from}&limit=1"), "usr_a").await;
        let cursor = page["nextCursor"].as_str().unwrap();
        for to in circles {
            let answer = ask(&maru, Method::GET, &format!("/posts?{to}&cursor={cursor}"), "usr_a").await;
            if from == to {
                answer.expect(200);
            } else {
                answer.expect_problem(400, "invalid_cursor");
            }
        }
        for other in ["usr_b", ""] {
            let answer = ask(&maru, Method::GET, &format!("/posts?{from}&cursor={cursor}"), other).await;
            answer.expect_problem(400, "invalid_cursor");
        }
    }
    // The same circle in other words.
    let cursor = read(&maru, "/posts?lat=37.5&lon=127&limit=1", "").await["nextCursor"].clone();
    let path = format!("/posts?lat=37.50&lon=127.0&radius=5000&limit=1&cursor={}", cursor.as_str().unwrap());
    read(&maru, &path, "").await;
    for nonsense in ["", "nonsense", "e30", "%00"] {
        let answer = ask(&maru, Method::GET, &format!("/posts?lat=37.5&lon=127&cursor={nonsense}"), "").await;
        answer.expect_problem(400, "invalid_cursor");
    }
}

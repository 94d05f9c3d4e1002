//! Function URLs that stream.

use std::time::{Duration, Instant};

use futures::StreamExt;

use crate::start;

#[tokio::test]
async fn a_streamed_answer_arrives_piece_by_piece() {
    let (stack, _) = start().await;
    let started = Instant::now();
    let response = reqwest::get(format!("{}/watch/job_1", stack.url())).await.unwrap();
    let mut pieces = response.bytes_stream();
    let first = pieces.next().await.unwrap().unwrap();
    let first_after = started.elapsed();
    assert_eq!(first, "one ");
    let mut rest = Vec::new();
    while let Some(piece) = pieces.next().await {
        rest.extend(piece.unwrap());
    }
    assert_eq!(rest, b"two three");
    assert!(started.elapsed() - first_after >= Duration::from_millis(30), "the rest came later");
}

#[tokio::test]
async fn a_killed_stream_breaks_off() {
    let (stack, _) = start().await;
    let response = reqwest::get(format!("{}/watch/job_1", stack.url())).await.unwrap();
    let mut pieces = response.bytes_stream();
    pieces.next().await.unwrap().unwrap();
    stack.kill("watch");
    let rest: Vec<_> = pieces.collect().await;
    assert!(rest.iter().any(Result::is_err), "{rest:?}");
}

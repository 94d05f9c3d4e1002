//! Questions are shown while they are written.

use std::sync::Arc;

use maru_testing::watcher::{Watcher, complete_events, last_seen, watch};
use maru_testing::{Said, Script};
use serde_json::Value;
use tokio::sync::Semaphore;

use super::proposed;
use crate::{BATCH, OWNER, SHOP, about, job_of, log_of, setup, shown, started};

const ASKED: [&str; 3] = ["왜 Redis였나요?", "지연은 어떻게 쟀나요?", "캐시 만료는 몇 분이었나요?"];

/// The text of an answer, cut behind each of its questions.
fn pieces(answer: &Value) -> Vec<String> {
    let pieces: Vec<String> = answer.to_string().split_inclusive('}').map(str::to_owned).collect();
    assert_eq!(pieces.len(), ASKED.len() + 1, "the end of the answer is a piece of its own");
    pieces
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_shown_when_its_text_is_whole_and_the_next_is_not_yet_written() {
    let permits = Arc::new(Semaphore::new(0));
    let waiting = Arc::clone(&permits);
    let script =
        Script::answering(move |_| Said::InPieces(pieces(&proposed(SHOP, &ASKED)), Arc::clone(&waiting)));
    let maru = setup().model(script.model().await).start().await;
    let link = started(&maru, OWNER, &about(&[SHOP])).await;
    let mut watcher = Watcher::open(maru.client.get(link["streamUrl"].as_str().unwrap())).await;
    for question in ASKED {
        // The model has written this question and no more.
        watcher.until_text(question).await;
        assert_eq!(job_of(&maru, &link).await["status"], "running");
        let later = ASKED.iter().skip_while(|it| **it != question).nth(1);
        let seen = format!("{:?}", watcher.events());
        assert!(later.is_none_or(|later| !seen.contains(later)), "{seen}");
        permits.add_permits(1);
    }
    permits.add_permits(5);
    watcher.until_end().await.unwrap();
    maru.settle().await;
    assert_eq!(shown(&watcher.events()).len(), 3);
    assert_eq!(watcher.events(), log_of(&maru, &link).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_that_waits_does_not_keep_the_others_back() {
    let permits = Arc::new(Semaphore::new(0));
    let waiting = Arc::clone(&permits);
    let script = Script::answering(move |request| {
        if request.contains("Redis") {
            Said::InPieces(pieces(&proposed(SHOP, &ASKED)), Arc::clone(&waiting))
        } else {
            let others =
                ["체크포인트는 왜 두었나요?", "새벽을 고른 까닭은?", "Grafana 경보 기준은 무엇이었나요?"];
            Said::Whole(proposed(BATCH, &others))
        }
    });
    let maru = setup().model(script.model().await).start().await;
    let link = started(&maru, OWNER, &about(&[SHOP, BATCH])).await;
    let mut watcher = Watcher::open(maru.client.get(link["streamUrl"].as_str().unwrap())).await;
    watcher.until_text("Grafana 경보 기준은 무엇이었나요?").await;
    assert!(!format!("{:?}", watcher.events()).contains(ASKED[1]));
    permits.add_permits(9);
    watcher.until_end().await.unwrap();
    maru.settle().await;
    assert_eq!(shown(&watcher.events()).len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watcher_that_is_cut_off_at_any_event_and_two_tabs_see_the_same_questions_once() {
    let maru = setup().start().await;
    let link = started(&maru, OWNER, &about(&[SHOP, BATCH])).await;
    maru.settle().await;
    let url = link["streamUrl"].as_str().unwrap();
    let whole = log_of(&maru, &link).await;
    assert_eq!(shown(&whole).len(), 6);
    for cut in 0..whole.len() {
        let (seen, _) = whole.split_at(cut);
        let request = maru.client.get(url).header("last-event-id", last_seen(seen).to_string());
        let rest = complete_events(&watch(request).await);
        assert_eq!([seen, &rest].concat(), whole, "cut behind {cut}");
    }
    // Asleep for ten minutes: the log is as it was, and nothing is asked again.
    maru.stack.clock().advance(std::time::Duration::from_mins(10));
    assert_eq!(log_of(&maru, &link).await, whole);
    assert_eq!(maru.stack.parts().bedrock.calls().len(), 2);
}

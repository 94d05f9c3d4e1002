//! The share of true statements that are rejected wrongly, measured on the built-in repositories.
//!
//! `cargo test -p resume --test functions true_statements -- --nocapture` prints it, with what was rejected.

use std::collections::BTreeMap;

use resume::evidence::{Cited, Grounds, Proposed, Slot};
use resume::facts::Digest;
use serde_json::json;

use super::{ORDERS, SPEECH, TIDEWATCH, connected, job_of};
use crate::{OWNER, table};

const STATEMENTS: &str = include_str!("true_statements.txt");

/// The line above those that were written after the rules were tuned.
const UNTUNED: &str = "# The rest was written after the rules were tuned";

/// What may be rejected at most, in percent.
const MOST: usize = 2;

/// The facts of the built-in repositories as a job collects them from the sandbox, by name.
async fn digests() -> BTreeMap<String, Digest> {
    let maru = connected().await;
    let mut digests = BTreeMap::new();
    for repositories in [&[ORDERS, TIDEWATCH, SPEECH][..], &["minseo-kim/gaon-web", "minseo-kim/cronlite"]] {
        let job = job_of(&maru, repositories, &json!({})).await;
        let resume = job["result"]["resumeId"].as_str().unwrap();
        for item in table::items(&maru, &format!("RESUME#{OWNER}#{resume}")).await {
            if let Some(facts) = item["facts"].as_str() {
                let digest: Digest = serde_json::from_str(facts).unwrap();
                digests.insert(digest.name.clone(), digest);
            }
        }
    }
    digests
}

fn proposed(digest: &Digest, text: &str, quotes: &str) -> Proposed {
    let cite = |quote: &str| {
        let source = digest.sources.iter().find(|source| source.text.contains(quote));
        let source = source.unwrap_or_else(|| panic!("{quote} stands in no source of {}", digest.name));
        Cited { kind: source.kind, id: source.id.clone(), quote: quote.to_owned() }
    };
    Proposed { text: text.to_owned(), cited: quotes.split(" ;; ").map(|quote| cite(quote.trim())).collect() }
}

#[tokio::test(flavor = "multi_thread")]
async fn true_statements_are_hardly_ever_rejected() {
    let digests = digests().await;
    let (tuned, _) = STATEMENTS.split_once(UNTUNED).unwrap();
    let (mut count, mut korean, mut rejected) = (0, 0, Vec::new());
    // Of the statements that were not used to tune the rules.
    let (mut untuned, mut untuned_rejected) = (0, 0);
    for line in STATEMENTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let is_untuned = !tuned.contains(line);
        untuned += usize::from(is_untuned);
        let fields: Vec<&str> = line.splitn(4, " | ").collect();
        let [repository, slot, text, quotes] = fields[..] else { panic!("{line}") };
        let digest = &digests[repository];
        let slot = if slot == "deed" { Slot::Deed } else { Slot::Context };
        count += 1;
        korean += usize::from(text.chars().any(|character| ('가'..='힣').contains(&character)));
        if let Err(reason) = Grounds::of(digest).check(&proposed(digest, text, quotes), slot) {
            rejected.push(format!("{reason:?}: {text}"));
            untuned_rejected += usize::from(is_untuned);
        }
    }
    let english = count - korean;
    eprintln!(
        "{} of {count} true statements ({korean} Korean, {english} English) rejected, of the {untuned} that the \
         rules were not tuned on {untuned_rejected}: {rejected:#?}",
        rejected.len(),
    );
    assert!(count >= 60 && korean >= 30 && english >= 30 && untuned >= 20);
    assert!(rejected.len() * 100 <= count * MOST, "{rejected:#?}");
}

//! Running the night once at the start, so that there is something to see.

use std::error::Error;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use maru_stack::Stack;
use serde_json::Value;

/// The function that begins the night.
const BEGINNING: &str = "cron_ingest_lectures";

/// How often the terminal shows how far the night is.
const SHOWN: Duration = Duration::from_millis(500);

/// Runs the night of the day before today. Run before, it changes nothing.
pub async fn run_once(stack: &Stack) -> Result<(), Box<dyn Error>> {
    let bar = ProgressBar::new_spinner().with_message("the night: beginning");
    bar.set_style(ProgressStyle::with_template("{spinner} {msg} ({elapsed})")?);
    bar.enable_steady_tick(Duration::from_millis(100));
    let night = stack.run_scheduled(BEGINNING);
    let shown = async {
        loop {
            tokio::time::sleep(SHOWN).await;
            if let Ok(run) = newest_run(stack).await {
                bar.set_message(describe(&run));
            }
        }
    };
    tokio::select! {
        done = night => { done?; }
        () = shown => {}
    }
    let run = newest_run(stack).await?;
    bar.finish_and_clear();
    if run["state"] == "failed" {
        tracing::error!(code = %run["error"]["code"], detail = %run["error"]["detail"], "the night failed");
    }
    Ok(())
}

async fn newest_run(stack: &Stack) -> Result<Value, Box<dyn Error>> {
    let token = stack.tokens().demo(None)?.admin;
    let url = format!("{}/admin/consulting/runs?limit=1", stack.url());
    let page: Value = reqwest::Client::new().get(url).bearer_auth(token).send().await?.json().await?;
    Ok(page["items"][0].clone())
}

fn describe(run: &Value) -> String {
    let rows: u64 = run["datasets"]
        .as_object()
        .into_iter()
        .flat_map(|datasets| datasets.values())
        .filter_map(|dataset| dataset["rows"].as_u64())
        .sum();
    let state = run["state"].as_str().unwrap_or("beginning");
    match state {
        "aggregating" => {
            format!("the night: {rows} rows, {} of {} shards", run["shards"]["done"], run["shards"]["total"])
        }
        other => format!("the night: {other}"),
    }
}

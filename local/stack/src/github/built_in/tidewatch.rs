//! A tide alarm: Rust, in English.

use super::{MINSEO, STRANGER};
use crate::github::model::{Account, Branch, Draft, Repository};

const CACHE: Branch<'_> = Branch {
    number: 2,
    title: "Cache station tables on disk with an expiry",
    body: "A cold start fetched 46 station tables; now it reads them from disk and refreshes the stale ones.",
    name: "disk-cache",
    commits: &[
        ("2025-01-12 11:00", "Add a disk cache for station tables", "src/cache.rs src/main.rs"),
        ("2025-01-13 10:20", "Refresh stale tables in the background", "src/cache.rs"),
        (
            "2025-01-14 09:05",
            "Cut the cold start from 3.8 s to 0.4 s by reading cached tables",
            "src/cache.rs src/station.rs",
        ),
    ],
    merged: "2025-01-14 12:00",
};

const HARMONICS: Branch<'_> = Branch {
    number: 5,
    title: "Predict tides from harmonic constituents",
    body: "Implements the 37 constituents that the agency publishes. The error against its own tables is below 3 cm at 20 stations.",
    name: "harmonics",
    commits: &[
        ("2025-02-20 12:30", "Parse harmonic constituents", "src/harmonics/parse.rs"),
        ("2025-02-22 13:10", "Sum 37 constituents for a prediction", "src/harmonics/predict.rs"),
        (
            "2025-02-25 11:45",
            "Test predictions against the published tables of 20 stations",
            "tests/published.rs",
        ),
    ],
    merged: "2025-02-26 10:00",
};

const WINDOWS: Branch<'_> = Branch {
    number: 6,
    title: "Fix paths on Windows",
    body: "",
    name: "windows-paths",
    commits: &[("2025-03-03 18:00", "Use the platform's cache directory on Windows", "src/cache.rs")],
    merged: "2025-03-04 09:15",
};

const METRICS: Branch<'_> = Branch {
    number: 8,
    title: "Expose Prometheus metrics",
    body: "",
    name: "metrics",
    commits: &[
        ("2025-04-08 10:30", "Count requests and failures per station", "src/metrics.rs"),
        ("2025-04-09 11:40", "Serve /metrics in the Prometheus text format", "src/metrics.rs src/http.rs"),
    ],
    merged: "2025-04-10 08:30",
};

/// The repository.
pub(super) fn repository(owner: &Account) -> Repository {
    Draft::new(7_100_002, owner, "tidewatch", "2024-12-28 09:00")
        .description("Tide predictions and alarms for Korean harbours", &["rust", "axum", "tides"])
        .languages(&[("Rust", 91_420), ("Shell", 320), ("Dockerfile", 410)])
        .file("README.md", include_str!("files/tidewatch/README.md"))
        .file("Cargo.toml", include_str!("files/tidewatch/Cargo.toml"))
        .file("Dockerfile", include_str!("files/tidewatch/Dockerfile"))
        .commit(
            &MINSEO,
            "2024-12-28 09:30",
            "Start with a station list and a plain text answer",
            "src/main.rs Cargo.toml",
        )
        .commit(&MINSEO, "2025-01-04 14:00", "Serve predictions over HTTP with axum", "src/http.rs")
        .commit(
            &MINSEO,
            "2025-01-08 10:45",
            "Handle the agency's 500s with retries and a back-off",
            "src/agency.rs",
        )
        .merge(&MINSEO, &CACHE)
        .commit(&MINSEO, "2025-02-02 08:15", "Store alarms in SQLite", "src/alarms.rs Cargo.toml")
        .merge(&MINSEO, &HARMONICS)
        .merge(&STRANGER, &WINDOWS)
        .merge(&MINSEO, &METRICS)
        .commit(&MINSEO, "2025-05-11 13:20", "Send alarms by web push", "src/push.rs")
        .commit(
            &MINSEO,
            "2025-06-01 09:50",
            "Shrink the container image from 96 MB to 11 MB with a static binary",
            "Dockerfile",
        )
        .commit(&MINSEO, "2025-06-15 07:30", "docs: describe the accuracy test", "README.md")
        .build()
}

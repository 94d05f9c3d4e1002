//! The organisation's speech recognition pipeline: Python, in English, committed under a work address.

use super::{JIWOO, MINSEO_AT_WORK, SORI_LAB};
use crate::github::model::{Branch, Draft, Repository};

const BATCHING: Branch<'_> = Branch {
    number: 14,
    title: "Batch utterances by length before inference",
    body: "Padding was 41 % of all frames. Sorting utterances into buckets by length brings it down to 6 %.",
    name: "length-buckets",
    commits: &[
        ("2025-07-02 05:00", "Measure the share of padded frames", "pipeline/metrics.py"),
        (
            "2025-07-03 06:30",
            "Sort utterances into length buckets",
            "pipeline/batching.py tests/test_batching.py",
        ),
        (
            "2025-07-04 02:10",
            "Raise throughput from 38 to 61 utterances per second on one GPU",
            "pipeline/batching.py",
        ),
    ],
    merged: "2025-07-04 07:00",
};

const DATASET: Branch<'_> = Branch {
    number: 15,
    title: "Version datasets with DVC",
    body: "",
    name: "dvc",
    commits: &[("2025-07-15 04:45", "Track datasets with DVC", "dvc.yaml data/.gitignore")],
    merged: "2025-07-15 08:20",
};

const RESUME: Branch<'_> = Branch {
    number: 19,
    title: "Resume interrupted runs from the last stored shard",
    body: "",
    name: "resume-shards",
    commits: &[
        ("2025-08-20 03:20", "Write a manifest after every shard", "pipeline/shards.py"),
        (
            "2025-08-21 06:15",
            "Skip shards that the manifest already has",
            "pipeline/shards.py tests/test_shards.py",
        ),
    ],
    merged: "2025-08-22 01:30",
};

/// The repository.
pub(super) fn repository() -> Repository {
    Draft::of_organisation(7_200_001, SORI_LAB, "speech-pipeline", "2025-05-20 00:30")
        .description(
            "Batch transcription of Korean call recordings",
            &["python", "pytorch", "speech-recognition"],
        )
        .languages(&[("Python", 118_040), ("Shell", 2_210), ("Dockerfile", 890)])
        .file("README.md", include_str!("files/speech-pipeline/README.md"))
        .file("requirements.txt", include_str!("files/speech-pipeline/requirements.txt"))
        .file("Dockerfile", include_str!("files/speech-pipeline/Dockerfile"))
        .commit(&JIWOO, "2025-05-20 01:00", "Initial pipeline", "pipeline/__init__.py requirements.txt")
        .commit(&JIWOO, "2025-05-28 04:30", "Transcribe with wav2vec2", "pipeline/transcribe.py")
        .commit(
            &MINSEO_AT_WORK,
            "2025-06-09 02:40",
            "Split recordings at silence with webrtcvad",
            "pipeline/split.py requirements.txt",
        )
        .commit(
            &MINSEO_AT_WORK,
            "2025-06-17 05:05",
            "Normalise Korean numbers and dates in transcripts",
            "pipeline/normalise.py",
        )
        .merge(&MINSEO_AT_WORK, &BATCHING)
        .merge(&JIWOO, &DATASET)
        .commit(
            &MINSEO_AT_WORK,
            "2025-08-01 06:55",
            "Report the character error rate per speaker group",
            "pipeline/report.py",
        )
        .merge(&MINSEO_AT_WORK, &RESUME)
        .commit(&JIWOO, "2025-09-02 03:15", "Serve the model with FastAPI", "service/app.py requirements.txt")
        .build()
}

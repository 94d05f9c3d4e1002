//! Small ones: what a resume can use little of, or nothing.

use super::{JIWOO, MINSEO, STRANGER};
use crate::github::model::{Account, Branch, Draft, Repository};

/// A fork of somebody else's project, with one own fix on top.
pub(super) fn fork(owner: &Account) -> Repository {
    Draft::new(7_100_004, owner, "cronlite", "2025-03-20 08:00")
        .description("A tiny cron library (fork)", &[])
        .fork()
        .languages(&[("Go", 22_480)])
        .file(
            "README.md",
            "# cronlite\n\nA tiny cron library for Go.\n\n```go\ncronlite.Every(\"0 9 * * *\", work)\n```\n",
        )
        .file("go.mod", "module github.com/ana-torres/cronlite\n\ngo 1.22\n")
        .commit(&STRANGER, "2023-02-01 10:00", "Parse the five fields", "parse.go")
        .commit(&STRANGER, "2023-02-09 12:30", "Run jobs in their own goroutines", "run.go")
        .commit(&STRANGER, "2023-08-14 09:10", "Support ranges and steps", "parse.go")
        .commit(
            &MINSEO,
            "2025-03-20 08:40",
            "Fix day-of-week 7 being read as invalid",
            "parse.go parse_test.go",
        )
        .build()
}

/// One without a commit.
pub(super) fn empty(owner: &Account) -> Repository {
    Draft::new(7_100_005, owner, "notes", "2025-11-02 05:00").build()
}

/// A private one, and without a README.
pub(super) fn private(owner: &Account) -> Repository {
    Draft::new(7_100_006, owner, "homelab", "2024-08-10 03:00")
        .description("Machines at home", &[])
        .private()
        .languages(&[("HCL", 8_410), ("Shell", 3_960)])
        .file("main.tf", include_str!("files/homelab/main.tf"))
        .commit(&MINSEO, "2024-08-10 03:20", "Describe the machines with Terraform", "main.tf")
        .commit(&MINSEO, "2024-09-01 11:05", "Back up nightly with restic", "backup.sh")
        .build()
}

const RESOLVE: Branch<'_> = Branch {
    number: 1,
    title: "주소를 여러 공급자에게 물어 가장 빠른 답을 씀",
    body: "",
    name: "race",
    commits: &[
        ("2025-04-06 02:15", "feat: 지오코딩 공급자 세 곳에 동시에 요청", "resolve.go"),
        ("2025-04-07 04:40", "perf: 응답 시간 중앙값을 310ms에서 120ms로 줄임", "resolve.go"),
    ],
    merged: "2025-04-08 01:05",
};

/// The colleague's own.
pub(super) fn mapae(owner: &Account) -> Repository {
    Draft::new(7_300_001, owner, "mapae", "2025-03-28 02:00")
        .description("한국 주소를 좌표로 바꾸는 작은 서버", &["go", "geocoding"])
        .languages(&[("Go", 31_260)])
        .file("README.md", include_str!("files/mapae/README.md"))
        .file("go.mod", include_str!("files/mapae/go.mod"))
        .commit(&JIWOO, "2025-03-28 02:20", "feat: 주소를 좌표로 바꾸는 HTTP API", "main.go")
        .commit(&JIWOO, "2025-04-01 05:00", "feat: 결과를 Redis에 캐시", "cache.go go.mod")
        .merge(&JIWOO, &RESOLVE)
        .build()
}

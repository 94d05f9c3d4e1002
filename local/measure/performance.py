#!/usr/bin/env python3
"""Measures what docs/performance.md says, and writes it.

    pip install duckdb cargo-lambda
    cargo lambda build --release --compiler cargo
    cargo build --release -p maru-sample -p maru-bench -p maru-measure
    python3 local/measure/performance.py

Every figure of the page comes from one run of this script on one machine; ratios are between two things that
were measured in turn in that run. `--release DIR` says where the release binaries are.
"""

import argparse
import json
import os
import pathlib
import platform
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"


def lines(*command):
    print("+", *command, file=sys.stderr)
    text = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def table(header, rows):
    out = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(out + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, {rust}"


def aggregation(sizes):
    rows = lines(sys.executable, "local/bench/measure.py", *(f"--rows={size}" for size in sizes))
    return table(
        ["enrolments and progress rows, each", "Maru, CPU s", "DuckDB, CPU s", "ratio", "Maru, peak MiB of any worker", "DuckDB, peak MiB"],
        [(f"{r['enrollments']:,}", r["maruCpuSeconds"], r["duckdbCpuSeconds"], r["ratio"], r["maruPeakMib"], r["duckdbPeakMib"]) for r in rows],
    ), rows[0]["duckdb"]


def own_times(release):
    rows = lines(release / "measure_dashboard_own")
    return table(
        ["lectures, each sold on every day of a year", "bytes read", "own time, µs (median)", "build"],
        [(r["lectures"], f"{r['storedBytes']:,}", r["microseconds"], r["build"]) for r in rows],
    )


def dashboards(release, counts):
    rows = lines(release / "measure_dashboard", *(f"--lecturers={count}" for count in counts))
    return table(
        ["lecturers in the table", "whole invocation, µs (median)", "queries a dashboard", "build"],
        [(f"{r['lecturers']:,}", r["wholeMicroseconds"], r["queriesPerDashboard"], r["build"]) for r in rows],
    )


def likes(release):
    rows = {row["way"]: row for row in lines(release / "measure_likes")}
    bare, notified, waiting = (rows[way] for way in ("bare", "notified", "waiting"))
    ratio = lambda one, other, key: round(one[key] / other[key], 2)
    return table(
        ["way", "likes a second", "p50, ms", "p99, ms"],
        [(way, r["likesPerSecond"], r["p50Milliseconds"], r["p99Milliseconds"]) for way, r in rows.items()],
    ) + "\n\n" + table(
        ["", "likes a second", "p50", "p99"],
        [
            (name, ratio(one, other, "likesPerSecond"), ratio(one, other, "p50Milliseconds"), ratio(one, other, "p99Milliseconds"))
            for name, one, other in (("notified / bare", notified, bare), ("waiting / notified", waiting, notified))
        ],
    ), notified["callers"]


def hub_lists(release):
    whole, *rows = lines(release / "measure_hub_lists")
    return table(
        ["order", "public resumes", "page", "calls of the database, page 1 and that page", "page 1, ms (median)", "that page, ms"],
        [
            (r["sort"], f"{r['resumes']:,}", f"{r['page']:,}", sum(r["calls"].values()), r["firstMilliseconds"], r["farMilliseconds"])
            for r in rows
        ],
    ), whole


def repositories(release):
    (row,) = lines(release / "measure_repositories")
    return table(
        ["fetched whole, ms (median)", "from the cache, ms", "stale, with ETag, ms", "whole / cache", "stale / cache", "whole / stale"],
        [[row[key] for key in ("coldMilliseconds", "warmMilliseconds", "staleMilliseconds", "coldToWarm", "staleToWarm", "coldToStale")]],
    ), row


def prints(release):
    (row,) = lines(sys.executable, "local/measure/printing.py", f"--release={release}")
    ways = [("Maru, warm", "warm"), ("Maru, a process that prints once", "once")]
    if "browser" in row:
        ways.append((f"Chromium {row['browser']}, once", "browser"))
    times = {way: (row[f"{way}Milliseconds"], row[f"{way}PeakMib"]) for _, way in ways}
    own = times["warm"]
    ratios = {way: tuple(round(own / theirs, 3) for own, theirs in zip(own, figures)) for way, figures in times.items()}
    told = table(
        ["", "time, ms", "peak memory, MiB", "Maru, warm / this: time", "memory"],
        [(name, *times[way], *ratios[way]) for name, way in ways],
    )
    return told if "browser" in row else told + "\n\nA browser was not measured: there is no `chromium` on this machine."


def starts(release, lambdas):
    rows = lines(release / "measure_start", "--lambdas", lambdas, "--empty", release / "empty_lambda")
    return table(
        ["function", "to its first poll, ms (median)", "an empty Lambda, ms", "ratio", "binary, MB"],
        [(f"`{r['function']}`", r["milliseconds"], r["emptyMilliseconds"], r["ratio"], round(r["bytes"] / 1e6, 1)) for r in rows],
    )


TEXT = """# Performance

Written by `python3 local/measure/performance.py`; that file says what to build before. Machine: {machine}.
Binaries: {built}.

## Aggregating an export

The same six results for every lecturer, from the same NDJSON files, checked to be equal to the won. DuckDB {duckdb}
with one thread reads each file once into tables and then runs six queries. CPU seconds are the least of three runs in
turn; Maru's are those of all its processes, each worker one. More data means more shards, never a bigger worker.

{aggregation}

## A dashboard

One query. *Own time* is from the stored parts to the JSON of the answer, that is without the database. The whole
invocation includes the request signed and sent over loopback, and the local database.

{own}

{dashboards}

## Liking a resume

{callers} callers at once, over HTTP to the local stack. *bare*: nobody is told. *notified*: the owner is told by a message
after the answer. *waiting*: the notification domain is called over HTTP and waited for. What follows a like is held
back until all are answered: here it would take the same processor. Then it is done, and each owner's notifications counted.

{likes}

## The hub's lists

{resumes} resumes, published, liked and viewed through the functions. Each of the {lists} lists was read to its end, {entries}
entries in all, and was what a naive reader of the rule writes down. Then the first page of a list against a far one:

{pages}

## The list of repositories

{repositories} repositories at GitHub's sandbox, which takes {latency} ms for each answer.

{listed}

## Printing a resume

Two pages: the Korean resume of `functions/pdf/tests`. *Warm* is the median of a hundred prints after the first one of a
process. Chromium prints a page with the same texts in the same fonts, from the start of the browser to its end. Both ran
once before. Its memory is that of all its processes, what they share counted once.

{prints}

## Starting a function

From the start of the release binary to its first poll of the runtime API, each in turn with an empty
`lambda_runtime` program built with the same profile.

{starts}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--release", type=pathlib.Path, default=ROOT / "target" / "release")
    parser.add_argument("--lambdas", type=pathlib.Path, default=ROOT / "target" / "lambda")
    parser.add_argument("--built", default="as that file says", help="how the binaries were built, for the page")
    parser.add_argument("--rows", type=int, action="append")
    parser.add_argument("--lecturers", type=int, action="append")
    options = parser.parse_args()
    listed, listing = repositories(options.release)
    liked, callers = likes(options.release)
    far_pages, hub = hub_lists(options.release)
    aggregated, duckdb = aggregation(options.rows or [100_000, 1_000_000, 10_000_000])
    page = TEXT.format(
        machine=machine(),
        built=options.built,
        duckdb=duckdb,
        aggregation=aggregated,
        callers=callers,
        likes=liked,
        pages=far_pages,
        resumes=f"{hub['resumes']:,}",
        lists=hub["lists"],
        entries=f"{hub['entries']:,}",
        repositories=listing["repositories"],
        latency=listing["latencyMilliseconds"],
        listed=listed,
        own=own_times(options.release),
        dashboards=dashboards(options.release, options.lecturers or [10, 100_000]),
        prints=prints(options.release),
        starts=starts(options.release, options.lambdas),
    )
    PAGE.write_text(page)
    print(f"written: {PAGE}", file=sys.stderr)


if __name__ == "__main__":
    main()

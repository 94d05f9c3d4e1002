#!/usr/bin/env python3
"""Measures the aggregation against DuckDB, on the same files, and checks that the results are equal.

    cargo build --release -p maru-sample -p maru-bench
    pip install duckdb
    python3 local/bench/measure.py --rows 100000 --rows 1000000

For each number of rows: makes the data (once), runs both engines three times in turn, takes the least CPU
time of each, compares the results, and prints one line of JSON. CPU seconds of Maru are those of all its
processes from start to end; those of DuckDB are of reading and querying alone.
"""

import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "bench"
DAY = "2026-11-20"
RUNS = 3


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def maru(release, data):
    work = WORK / "maru"
    run(release / "maru-bench", "aggregate", "--numbers-only", "--data", data, "--day", DAY, "--work", work)
    return json.loads((work / "usage.json").read_text())


def duckdb(data):
    script = pathlib.Path(__file__).with_name("duckdb_reference.py")
    return json.loads(run(sys.executable, script, "--data", data, "--day", DAY, "--out", WORK / "duckdb.ndjson"))


def measure(release, rows):
    data = WORK / f"data-{rows}"
    if not data.exists():
        run(release / "maru-sample", "lectures", "--rows", rows, "--day", DAY, "--out", data)
    ours, theirs = zip(*((maru(release, data), duckdb(data)) for _ in range(RUNS)))
    run(release / "maru-bench", "compare", WORK / "maru" / "results.ndjson", WORK / "duckdb.ndjson")
    own, other = min(run["cpuSeconds"] for run in ours), min(run["cpuSeconds"] for run in theirs)
    return {
        "enrollments": rows,
        "progress": rows,
        "maruCpuSeconds": round(own, 2),
        "duckdbCpuSeconds": other,
        "ratio": round(own / other, 2),
        "maruPeakMib": round(max(run["peakRssKib"] for run in ours) / 1024, 1),
        "duckdbPeakMib": max(run["peakMib"] for run in theirs),
        "equal": True,
        "duckdb": theirs[0]["duckdb"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, action="append", required=True)
    parser.add_argument("--release", type=pathlib.Path, default=ROOT / "target" / "release")
    options = parser.parse_args()
    for rows in options.rows:
        print(json.dumps(measure(options.release, rows)), flush=True)


if __name__ == "__main__":
    main()

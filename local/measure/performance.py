#!/usr/bin/env python3
"""Measures what docs/performance.md says, and writes it.

    pip install duckdb cargo-lambda
    cargo lambda build --release --compiler cargo
    cargo build --release -p maru-sample -p maru-bench -p maru-measure
    python3 local/measure/performance.py

Each part is one run of one command, and ratios are between two things that were measured in turn in that run. What a
command said is kept in target/performance/ with the machine and the day: `--only NAME`, which can be given several times,
measures that part again and takes the others from there. All of it takes about two hours. `--release DIR` says where
the release binaries are.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"


KEPT = ROOT / "target" / "performance"


class Measures:
    """Runs commands that print a line of JSON for each measurement, or gives what they said the last time."""

    def __init__(self, only):
        self.only = only
        self.days = set()
        self.machines = set()

    def __call__(self, name, *command):
        kept = KEPT / f"{name}.json"
        if not self.only or name in self.only:
            said = {"day": datetime.date.today().isoformat(), "machine": machine(), "lines": run(*command)}
            KEPT.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(said, indent=1))
        said = json.loads(kept.read_text())
        self.days.add(said["day"])
        self.machines.add(said["machine"])
        return said["lines"]


def run(*command):
    print("+", *command, file=sys.stderr)
    found = []
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        for line in process.stdout:
            print(line, end="", file=sys.stderr, flush=True)
            if line.startswith("{"):
                found.append(json.loads(line))
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return found


def table(header, rows):
    out = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(out + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, {rust}"


def aggregation(lines, release, sizes):
    rows = lines("aggregation", sys.executable, "local/bench/measure.py", f"--release={release}", *(f"--rows={size}" for size in sizes))
    return table(
        ["enrolments and progress rows, each", "Maru, CPU s", "DuckDB, CPU s", "ratio", "Maru, peak MiB of any worker", "DuckDB, peak MiB"],
        [(f"{r['enrollments']:,}", r["maruCpuSeconds"], r["duckdbCpuSeconds"], r["ratio"], r["maruPeakMib"], r["duckdbPeakMib"]) for r in rows],
    ), rows[0]["duckdb"]


def own_times(lines, release):
    rows = lines("own", release / "measure_dashboard_own")
    return table(
        ["lectures, each sold on every day of a year", "bytes read", "own time, µs (median)", "build"],
        [(r["lectures"], f"{r['storedBytes']:,}", r["microseconds"], r["build"]) for r in rows],
    )


def dashboards(lines, release, counts):
    rows = lines("dashboards", release / "measure_dashboard", *(f"--lecturers={count}" for count in counts))
    return table(
        ["lecturers in the table", "whole invocation, µs (median)", "queries a dashboard", "build"],
        [(f"{r['lecturers']:,}", r["wholeMicroseconds"], r["queriesPerDashboard"], r["build"]) for r in rows],
    )


def likes(lines, release):
    rows = {row["way"]: row for row in lines("likes", release / "measure_likes")}
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


def hub_lists(lines, release):
    whole, *rows = lines("lists", release / "measure_hub_lists")
    return table(
        ["order", "public resumes", "page", "calls of the database, page 1 and that page", "page 1, ms (median)", "that page, ms"],
        [
            (r["sort"], f"{r['resumes']:,}", f"{r['page']:,}", sum(r["calls"].values()), r["firstMilliseconds"], r["farMilliseconds"])
            for r in rows
        ],
    ), whole


def coupons(lines, release):
    rates, rush = lines("coupons", release / "measure_coupons")
    compared = table(
        ["", "a second", "claims against them"],
        [
            ("conditional writes of one item", rates["writesPerSecond"], rates["claimsToWrites"]),
            ("conditional transactions of the same three items", rates["transactionsPerSecond"], rates["claimsToTransactions"]),
            ("claims", rates["claimsPerSecond"], ""),
        ],
    )
    rushed = table(
        ["people", "clicks", "clicks a second", "stock", "given", "p50, ms", "p99, ms", "p99 of those who got one, ms"],
        [
            (
                f"{rush['people']:,}",
                f"{rush['people'] + rush['repeats']:,}",
                f"{rush['clicksPerSecond']:,}",
                f"{rush['stock']:,}",
                f"{rush['given']:,}",
                rush["p50Milliseconds"],
                rush["p99Milliseconds"],
                rush["givenP99Milliseconds"],
            )
        ],
    )
    return {
        "rates": compared,
        "rush": rushed,
        "workers": rush["workers"],
        "at_once": rates["atOnce"],
        "killed": rush["killed"],
        "again": rush["sentAgain"],
        "failed": rush["failed"],
        "kept": rush["givenAgain"],
        "claims": f"{rates['claimsPerSecond']:,.0f}",
        "parts": f"{3 * rates['claimsPerSecond']:,.0f}",
    }


def posts(lines, release):
    rows = lines("posts", release / "measure_posts")
    return table(
        ["posts", "radius, m", "page", "queries, median / most", "batches", "posts on it, median", "p50, ms", "p99, ms"],
        [
            (
                f"{r['posts']:,}",
                f"{r['radius']:,}",
                r["page"],
                f"{r['queriesMedian']} / {r['queriesMost']}",
                r["batchesMost"],
                r["itemsMedian"],
                r["p50Milliseconds"],
                r["p99Milliseconds"],
            )
            for r in rows
        ],
    )


def repositories(lines, release):
    (row,) = lines("repositories", release / "measure_repositories")
    return table(
        ["fetched whole, ms (median)", "from the cache, ms", "stale, with ETag, ms", "whole / cache", "stale / cache", "whole / stale"],
        [[row[key] for key in ("coldMilliseconds", "warmMilliseconds", "staleMilliseconds", "coldToWarm", "staleToWarm", "coldToStale")]],
    ), row


def prints(lines, release):
    (row,) = lines("prints", sys.executable, "local/measure/printing.py", f"--release={release}")
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


def renewals(lines, release):
    rows = lines("renewals", release / "measure_renewals")
    nights = [row for row in rows if row["way"] == "queue"]
    size = nights[0]["subscriptions"]
    ways = {row["way"]: row for row in rows if row["subscriptions"] == size}
    own = ways["queue"]["seconds"]
    compared = table(
        ["way", "s", "renewals a second", "this / queue"],
        [(f"`{way}`", r["seconds"], r["renewalsPerSecond"], round(r["seconds"] / own, 1)) for way, r in ways.items()],
    )
    nights.sort(key=lambda row: row["subscriptions"])
    grown = table(
        ["subscriptions", "s", "renewals a second", "s / those of the smallest"],
        [
            (f"{r['subscriptions']:,}", r["seconds"], r["renewalsPerSecond"], round(r["seconds"] / nights[0]["seconds"], 1))
            for r in nights
        ],
    )
    return compared + "\n\n" + grown, f"{size:,}", nights[0]["latencyMilliseconds"]


def bad_night(lines, release):
    (row,) = lines("faults", release / "measure_renewals", "--faults")
    return row


def interview(lines, release):
    rows = lines("interview", release / "measure_interview")
    part = lambda name: [row for row in rows if row["part"] == name]
    ways, (few, all_), streams = part("ways"), part("crowd"), part("streams")
    middle_and_worst = lambda spread: f"{spread['median']} / {spread['worst']}"
    compared = table(
        ["way", "first question, s", "ninth question, s", "end, s", "sections whole, s", "first / `sideBySide`", "ninth / `sideBySide`"],
        [
            (
                f"`{r['way']}`",
                *(middle_and_worst(r["waits"][key]) for key in ("firstSeconds", "lastSeconds", "endSeconds")),
                "" if r["way"] == "gathered" else ", ".join(str(seconds) for seconds in r["sectionsWholeSeconds"]),
                r["waits"]["firstRatio"],
                r["waits"]["lastRatio"],
            )
            for r in ways
        ],
    )
    spread = lambda waits, key: " / ".join(str(waits[key][part]) for part in ("median", "p95", "worst"))
    waits_of = lambda row: [row[key] for key in ("firstRatio", "lastRatio", "endRatio")]
    crowded = table(
        ["median / p95 / worst", "first question, s", "ninth question, s", "end, s", "a question late, ms"],
        [
            (name, *(spread(waits, key) for key in ("firstSeconds", "lastSeconds", "endSeconds", "lateMilliseconds")))
            for name, waits in (
                ("alone", all_["alone"]),
                (f"{few['people']} at once, {few['watching']} watch", few["waits"]),
                (f"{all_['people']} at once, {all_['watching']} watch", all_["waits"]),
            )
        ]
        + [
            (f"{all_['watching']} watch / alone, medians", *waits_of(all_["waits"]), ""),
            (f"{all_['watching']} watch / {few['watching']} watch", *waits_of(all_["waitsToFew"]), ""),
        ],
    )
    opened = table(
        ["streams", "", "KiB each", "threads", "reads each, a second", "cores busy", "event late, ms (median / p95 / worst)"],
        [
            row
            for r in streams
            for row in (
                (f"{r['streams']:,}", "connections alone", r["connectionKib"], "", "", "", ""),
                ("", "idle", r["idleKib"], f"{r['threadsBefore']} → {r['threadsIdle']}", r["idleReadsPerStreamSecond"], r["idleBusyCores"], ""),
                (
                    "",
                    "with events",
                    r["eventsKib"],
                    r["threadsEvents"],
                    r["eventsReadsPerStreamSecond"],
                    r["eventsBusyCores"],
                    spread(r, "lateMilliseconds"),
                ),
            )
        ],
    )
    return {
        "ways": compared,
        "crowd": crowded,
        "streams": opened,
        "model": ways[0]["modelSeconds"],
        "times": ways[0]["times"],
        "candidates": ", ".join(str(count) for count in ways[0]["candidates"]),
        "late": ways[0]["waits"]["lateMilliseconds"],
        "people": all_["people"],
        "few": few["watching"],
        "reads": all_["readsPerStreamSecond"],
        "share": all_["shareOfCallsPercent"],
        "cores": all_["busyCores"],
        "idle": streams[0]["idleSeconds"],
        "events": streams[0]["events"],
        "between": streams[0]["betweenMilliseconds"],
    }


def chat(lines, release):
    told, loaded = lines("chat", release / "measure_chat")
    fan_out = table(
        ["way", "until the last has it, ms (median)", "worst"],
        [(f"`{way}`", told[f"{way}Milliseconds"], told[f"{way}WorstMilliseconds"]) for way in ("room", "bare")],
    )
    requests = lambda calls: ", ".join(f"{round(count, 2):g} {operation}" for operation, count in calls.items())
    load = table(
        ["the last 100 messages", "requests of the database", "ms (median)"],
        [(name, requests(loaded[f"{way}Requests"]), loaded[f"{way}Milliseconds"]) for name, way in (("`GET /rooms/{roomId}/messages`", "list"), ("`join`", "join"))],
    )
    return {"fan_out": fan_out, "load": load, "clients": f"{told['clients']:,}", "rounds": told["rounds"], "ratio": told["roomToBare"]}


def starts(lines, release, lambdas):
    rows = lines("starts", release / "measure_start", "--lambdas", lambdas, "--empty", release / "empty_lambda")
    return table(
        ["function", "to its first poll, ms (median)", "an empty Lambda, ms", "ratio", "binary, MB"],
        [(f"`{r['function']}`", r["milliseconds"], r["emptyMilliseconds"], r["ratio"], round(r["bytes"] / 1e6, 1)) for r in rows],
    )


TEXT = """# Performance

Written by `python3 local/measure/performance.py`; that file says what to build before. Machine: {machine}.
Measured on {days}. Binaries: {built}.

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

## Coupons for whoever comes first

The function in {coupons[workers]} processes with {coupons[at_once]} under way at once, and one local database in another. First claims of a
coupon that is enough for all, against the database's own conditional writes by the same processes in turn. A claim is one
transaction on three items: it puts the claim, which stands in an index, too, counts a share down, and sees that the
account is open. So {coupons[claims]} claims a second are {coupons[parts]} conditional writes a second.

{coupons[rates]}

Then more people than coupons, who click whether or not the ones before are answered; times are from the moment of the click.
{coupons[killed]} times while there were pieces a process was killed in the middle of its work and another started; {coupons[again]}
clicks were sent again for that, of which {coupons[kept]} then had a piece, and {coupons[failed]} failed. As many as there were had one, none
two, what each was told is what they have, and the nightly count found nothing.

{coupons[rush]}

## Posts around a place

Half of the posts lie in a town of 20 km. Whole lists of some places were what measuring every post finds. Then pages of 20
around other places of the town, each a guest's.

{posts}

## A night of renewals

{night} subscriptions, each charged by the same function; KakaoPay's sandbox takes {patience} ms for a charge. `queue`: as
deployed, a message each, with the workers that the template allows. `chunks`: 500 at a time by four threads, the next
500 when these are done. `oneByOne`: one after the other. Then the queue alone, with more and with fewer subscriptions.

{renewals}

In another night of {faulty[subscriptions]:,}, {faulty[failing]} charges failed, the answers of {faulty[answersLost]} were lost
after the money had moved, and workers were killed {faulty[killed]} times. KakaoPay's books had {faulty[charges]:,} charges of
{faulty[won]:,} won; our ledger the same, order by order, nobody was charged twice, the end was told once, and the
night started again did nothing.

## The list of repositories

{repositories} repositories at GitHub's sandbox, which takes {latency} ms for each answer.

{listed}

## Interview

Three sections of a Korean resume, asked for and watched over HTTP. The offline model takes {interview[model]} s for a section and
writes {interview[candidates]} questions evenly over them, of which the first three that differ are shown. Each way {interview[times]} times, in turn,
each time with the sentences in another order. `sideBySide`: as built. `oneAfterAnother`: a section each by three members,
the next asked for when the one before has ended, so that no pause between requests counts. `gathered`: the first way,
with nothing shown before its end.

Median / worst; when the sections had three questions is a median.

{interview[ways]}

Of that a question was late by {interview[late][median]} ms (median; at worst {interview[late][worst]}): from when the worker had it whole until the page had
it. A stream looks for events again after 0.1 s, and the longer nothing comes, up to 0.5 s.

Then {interview[people]} members at the same moment, each with such an interview: first {interview[few]} of them watch, then all. What all take longer
than few is what streams cost each other. What few take longer than somebody *alone* (the {interview[times]} of above) is that all begin
and end together, with their workers, the model and the database on one machine.

{interview[crowd]}

With all watching, a stream made {interview[reads]} reads of the database a second, together {interview[share]} % of all calls of services, and {interview[cores]}
cores were busy with the stack, the functions, the model and the readers.

Last, many streams of one job at work, in a process of its own. For {interview[idle]} s nothing happens; then {interview[events]} events of the size
of a question, every {interview[between]} ms, all of which reached all streams. KiB are of resident memory, and in them is what only
the local stack has: the connection to the reader (*connections alone* have asked once and carry nothing), and both ends
of those to its database. Threads are those of the runtime and of that database. A stream looks at least twice a
second, and each look is a read; where there are fewer, the local database cannot follow, and events are late for that. On Lambda a
process serves one stream at a time, and its memory is the function's.

{interview[streams]}

## Printing a resume

Two pages: the Korean resume of `functions/pdf/tests`. *Warm* is the median of a hundred prints after the first one of a
process. Chromium prints a page with the same texts in the same fonts, from the start of the browser to its end. Both ran
once before. Its memory is that of all its processes, what they share counted once.

{prints}

## A chat room

{chat[clients]} clients in one room, each way {chat[rounds]} times in turn. `room`: one of them says something, until the last of all has it.
`bare`: as many sends through the management API and nothing else, 320 at the same time, until the last has it. The
room takes {chat[ratio]} times as long.

{chat[fan_out]}

{chat[load]}

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
    parser.add_argument("--only", action="append", metavar="NAME")
    options = parser.parse_args()
    lines = Measures(options.only)
    listed, listing = repositories(lines, options.release)
    liked, callers = likes(lines, options.release)
    aggregated, duckdb = aggregation(lines, options.release, options.rows or [100_000, 1_000_000, 10_000_000])
    own = own_times(lines, options.release)
    whole = dashboards(lines, options.release, options.lecturers or [10, 100_000])
    interviews = interview(lines, options.release)
    printed = prints(lines, options.release)
    started = starts(lines, options.release, options.lambdas)
    chatted = chat(lines, options.release)
    coupon_rush = coupons(lines, options.release)
    near = posts(lines, options.release)
    # By far the longest.
    renewed, night, patience = renewals(lines, options.release)
    faulty = bad_night(lines, options.release)
    far_pages, hub = hub_lists(lines, options.release)
    page = TEXT.format(
        machine="; ".join(sorted(lines.machines)),
        days=", ".join(sorted(lines.days)),
        built=options.built,
        night=night,
        patience=patience,
        renewals=renewed,
        coupons=coupon_rush,
        posts=near,
        faulty=faulty,
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
        interview=interviews,
        chat=chatted,
        own=own,
        dashboards=whole,
        prints=printed,
        starts=started,
    )
    PAGE.write_text(page)
    print(f"written: {PAGE}", file=sys.stderr)


if __name__ == "__main__":
    main()

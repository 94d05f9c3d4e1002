#!/usr/bin/env python3
"""Measures a print of two pages: by functions/pdf, warm and in a process of its own, and by a headless browser.

    cargo build --release -p maru-measure
    apt-get install chromium
    python3 local/measure/printing.py

The browser prints a page with every text of the same resume, in the same fonts, from its start to its end; so does
the process of its own. Both ran once before, so that their files are in memory. Times are the least of five runs in
turn. Memory is the highest resident memory of the process; of a browser, which is many, the highest sum of what each
has for itself and its share of what they have together (PSS), in a run that is not timed. Prints one line of JSON,
without the browser where there is no `chromium`.
"""

import argparse
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESUME = ROOT / "functions" / "pdf" / "tests" / "resumes" / "korean.json"
FONTS = ROOT / "functions" / "pdf" / "fonts"
PAGES = 2
RUNS = 5

STYLE = """
@font-face { font-family: Pretendard; src: url("%(fonts)s/Pretendard-Regular.otf"); font-weight: 400; }
@font-face { font-family: Pretendard; src: url("%(fonts)s/Pretendard-SemiBold.otf"); font-weight: 600; }
@page { size: A4; margin: 17mm 20mm 18mm; }
body { font: 9.6pt/1.5 Pretendard; margin: 0; word-break: keep-all; overflow-wrap: anywhere; }
h1 { font: 600 23pt Pretendard; margin: 0; }
h2 { font: 600 11pt Pretendard; margin: 1.7em 0 0.85em; border-bottom: 1px solid; break-after: avoid; }
h3 { font: 600 10.4pt Pretendard; margin: 1.3em 0 0; display: flex; justify-content: space-between; break-after: avoid; }
p, ul, dl { margin: 0.5em 0; }
dl { background: #eef6f4; padding: 0.85em 0.9em; }
dt { font-weight: 600; }
small, time { font-size: 0.88em; font-weight: 400; }
"""


def element(name, *inner):
    return f"<{name}>{''.join(inner)}</{name}>"


def text(it):
    return html.escape(it)


def statement(it):
    proofs = (f'<small> <a href="{text(e["url"])}">{text(e["ref"])}</a></small>' for e in it["evidence"][:3])
    return text(it["text"]) + "".join(proofs)


def statements(items):
    return element("ul", *(element("li", statement(it)) for it in items))


def entry(title, it):
    period = " – ".join(it[side] for side in ("startDate", "endDate") if side in it)
    return element("h3", element("span", text(title)), element("time", period))


def project(it):
    story = (element("dt", name) + element("dd", statement(told)) for name, told in it.get("star", {}).items())
    facts = element("p", element("small", text(it["url"]), "<br>", text(" · ".join(it["skills"]))))
    return entry(it["name"], it) + facts + statements(it["roles"]) + element("dl", *story)


def job(it):
    facts = " · ".join(it[key] for key in ("position", "department") if key in it)
    return entry(it["name"], it) + element("p", element("small", text(facts))) + element("p", text(it["summary"]))


def school(it):
    return entry(it["institution"], it) + element("p", element("small", text(it["area"])))


def page(resume):
    basics = resume["basics"]
    parts = ("name", "grade", "issuer", "date")
    certificates = (" · ".join(it[part] for part in parts if part in it) for it in resume["certificates"])
    links = (f"{link['title']} {link['url']}" for link in resume["links"])
    sections = {
        "소개": element("p", text(basics["summary"])) + statements(resume["summary"]),
        "기술": element("p", text(" · ".join(skill["name"] for skill in resume["skills"]))),
        "프로젝트": "".join(map(project, resume["projects"])),
        "경력": "".join(map(job, resume["work"])),
        "학력": "".join(map(school, resume["education"])),
        "자격": "".join(element("p", text(it)) for it in certificates),
        "링크": "".join(element("p", text(it)) for it in links),
    }
    head = element("h1", text(basics["name"])) + element("p", text(f"{basics['email']} · {basics['phone']}"))
    body = head + "".join(element("h2", title) + told for title, told in sections.items())
    style = element("style", STYLE % {"fonts": FONTS.as_uri()})
    return f'<!doctype html><html lang="{resume["language"]}"><meta charset="utf-8">{style}<body>{body}</body></html>'


def timed(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    return (time.perf_counter() - start) * 1e3


def memory_of_session(session):
    """MiB of all processes of a session, what they share counted once."""
    kib = 0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in parentheses may hold spaces; the session is the fourth after it.
            if int(stat.read_text().rsplit(")", 1)[1].split()[3]) == session:
                kib += int(re.search(r"^Pss:\s+(\d+)", (stat.parent / "smaps_rollup").read_text(), re.M)[1])
        except (OSError, TypeError):
            # It has just ended.
            continue
    return kib / 1024


def peak(command):
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    highest = 0.0
    while running.poll() is None:
        highest = max(highest, memory_of_session(running.pid))
        time.sleep(0.01)
    if running.returncode != 0:
        raise SystemExit(f"{command[0]} failed")
    return highest


def browser(chromium, folder):
    """The command with which a browser prints the resume, after it has done so once."""
    source, printed = folder / "resume.html", folder / "resume.pdf"
    source.write_text(page(json.loads(RESUME.read_text())))
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [chromium, "--headless", "--disable-gpu", *sandbox, f"--user-data-dir={folder / 'profile'}"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={printed}", source.as_uri()]
    timed(command)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))
    if pages != PAGES:
        raise SystemExit(f"the browser printed {pages} pages")
    return command


def ours(program):
    figures = json.loads(subprocess.run([program, "--resume", RESUME], check=True, capture_output=True).stdout)
    if figures["pages"] != PAGES:
        raise SystemExit(f"functions/pdf printed {figures['pages']} pages")
    return figures


def measure(program, chromium, folder):
    warm = ours(program)
    once = [program, "--resume", RESUME, "--runs=0"]
    figures = {"build": warm["build"], "warmMilliseconds": warm["warmMilliseconds"], "warmPeakMib": warm["peakMib"]}
    if chromium is None:
        own = [timed(once) for _ in range(RUNS)]
    else:
        command = browser(chromium, folder)
        own, theirs = zip(*((timed(once), timed(command)) for _ in range(RUNS)))
        version = subprocess.run([chromium, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
        figures |= {"browser": version, "browserMilliseconds": min(theirs), "browserPeakMib": peak(command)}
    alone = json.loads(subprocess.run(once, check=True, capture_output=True).stdout)
    figures |= {"onceMilliseconds": min(own), "oncePeakMib": alone["peakMib"]}
    return {key: round(value, 1) if isinstance(value, float) else value for key, value in figures.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--release", type=pathlib.Path, default=ROOT / "target" / "release")
    program = parser.parse_args().release / "measure_print"
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(program, shutil.which("chromium"), pathlib.Path(folder))))


if __name__ == "__main__":
    main()

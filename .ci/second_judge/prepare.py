"""Makes what the sample events name, on a running `cargo local`."""

import json
import struct
import sys
import time
import zlib
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from api import API, FORM, Browser, ask, send

ROOT = Path(__file__).resolve().parent.parent.parent
WAITING = 120  # seconds

# Stands in the samples for a state, a login code and the value of a cookie.
SECRET = "q5Zb0cXv1r2y8wJmT4nKpL7dGhAfUeVxIoBsQtRzWk0"


def prepare():
    """Gives the demo users' tokens by what they call, and what to write for what the samples name."""
    demo = ask("GET", "/_local/tokens")
    owner = Browser().sign_in()["accessToken"]
    replacements = consulting(demo) | resume(owner)
    replacements |= hub(replacements, owner, demo["otherUser"]) | billing(owner) | interview(owner)
    weather(owner)
    replacements |= community(owner, demo["admin"]) | chat()
    tokens = {"admin": demo["admin"], "consulting": demo["lecturer"], "jobs": demo["lecturer"], "billing": demo["user"]}
    return tokens, replacements


def consulting(demo):
    job = finished(ask("POST", "/consulting/reports", demo["lecturer"], {})["job"], demo["lecturer"])
    run = ask("GET", "/admin/consulting/runs", demo["admin"])["items"][0]["id"]
    return {
        "job_01K9Z4A1B2C3D4E5F6G7H8J9KM": job["id"],
        "rpt_01K9Z4A1B2C3D4E5F6G7H8J9KA": job["result"]["reportId"],
        "run_01K9Z3V7R2M4N6P8Q0S1T3V5W7": run,
    }


def resume(owner):
    """A resume with the document of `replace_resume`'s sample, and an edit of it that nobody has applied."""
    order = json.loads(sample("resume", "create_resume")["body"])
    repositories = {each["fullName"] for each in ask("GET", "/github/repositories", owner)["items"]}
    picked = dict(zip(order["repositories"], sorted(repositories, reverse=True)))
    order["repositories"] = list(picked.values())
    job = finished(ask("POST", "/resumes", owner, order)["job"], owner)
    resume = f"/resumes/{job['result']['resumeId']}"
    replacing = sample("resume", "replace_resume")
    ask("PUT", resume, owner, json.loads(replacing["body"]), if_match='"1"')
    ask("PATCH", resume, owner, json.loads(sample("resume", "update_resume")["body"]))
    selection = json.loads(sample("resume", "create_resume_edit")["body"])
    edit = finished(ask("POST", f"{resume}/edits", owner, selection)["job"], owner)
    return picked | {
        "job_01K9Z4A1B2C3D4E5F6G7H8J9KP": job["id"],
        "res_01K9Z4A1B2C3D4E5F6G7H8J9KA": job["result"]["resumeId"],
        "res_01K9Z3V7R2M4N6P8Q0S1T3V5W8": job["result"]["resumeId"],
        "edt_01K9Z4A1B2C3D4E5F6G7H8J9KB": edit["result"]["editId"],
    }


def hub(named, owner, other):
    """A comment of the owner's, and a notification that somebody else's like made."""
    resume = f"/hub/resumes/{named['res_01K9Z3V7R2M4N6P8Q0S1T3V5W8']}"
    comment = ask("POST", f"{resume}/comments", owner, {"content": "고맙습니다."})
    ask("PUT", f"{resume}/like", other)
    items = eventually(lambda: ask("GET", "/notifications", owner)["items"], "the like makes no notification")
    return {"cmt_01K9Z3V7R2M4N6P8Q0S1T3V5WC": comment["id"], "ntf_01K9Z3V7R2M4N6P8Q0S1T3V5WN": items[0]["id"]}


def eventually(look, complaint):
    """What `look` sees when it sees something."""
    until = time.monotonic() + WAITING
    while not (seen := look()):
        if time.monotonic() > until:
            sys.exit(complaint)
        time.sleep(0.5)
    return seen


def interview(owner):
    """An interview in the history, and feedback on an answer."""
    order = json.loads(sample("interview", "create_interview")["body"])
    job = finished(ask("POST", "/interviews", owner, order)["job"], owner)
    interview = job["result"]["interviewId"]
    eventually(lambda: ask("GET", "/interviews", owner)["items"], "the interview is not saved")
    answers = json.loads(sample("interview", "create_interview_feedback")["body"])
    question = job["result"]["sections"][0]["questions"][0]["id"]
    answers["answers"][0]["questionId"] = question
    feedback = finished(ask("POST", f"/interviews/{interview}/feedback", owner, answers)["job"], owner)
    return {
        "job_01K9Z4A1B2C3D4E5F6G7H8J9KW": job["id"],
        "job_01K9Z4A1B2C3D4E5F6G7H8J9KX": feedback["id"],
        "int_01K9Z4A1B2C3D4E5F6G7H8J9KA": interview,
        "qst_01K9Z4A1B2C3D4E5F6G7H8J9KA_1": question,
    }


def billing(owner):
    """A subscription, and its first payment."""
    order, back = checkout(owner, "pay")
    if not (page := send("GET", back).headers["location"]).endswith("payment=paid"):
        sys.exit(f"paying leads to {page}")
    member = ask("GET", "/me", owner)["id"]
    return {"usr_01K9Z3V7R2M4N6P8Q0S1T3V5WP": member, "ord_01K9Z3V7R2M4N6P8Q0S1T3V5WC": order}


def weather(owner):
    """A survey, and somebody whose weather is known: without it no mission can be drawn."""
    ask("PUT", "/weather/survey", owner, json.loads(sample("weather", "replace_survey")["body"]))
    ask("GET", "/weather?lat=37.5665&lon=126.9780", owner)


def community(owner, admin):
    """A post, a coupon, another one that is taken, and a mission."""
    post = ask("POST", "/posts", owner, json.loads(sample("community", "create_post")["body"]))
    coupon, taken = (open_coupon(admin, name) for name in ("반값", "천 원"))
    claim = ask("POST", f"/coupons/{taken}/claims", owner)
    mission = ask("POST", "/admin/missions", admin, json.loads(sample("community", "create_mission")["body"]))
    return {
        "pst_01K9Z3V7R2M4N6P8Q0S1T3V5W8": post["id"],
        "cpn_01K9Z3V7R2M4N6P8Q0S1T3V5W9": coupon,
        "clm_01K9Z3V7R2M4N6P8Q0S1T3V5WA": claim["id"],
        "mis_01KKB1A2B3C4D5E6F7G8H9J0KM": mission["id"],
    } | drawn(owner)


def drawn(owner):
    """A mission with a photo that does not show it; none before six in Seoul, when no slot is open."""
    hour = time.gmtime(time.time() + 9 * 3600).tm_hour
    slots = [slot for slot, opens in (("MORNING", 6), ("AFTERNOON", 12), ("EVENING", 18)) if opens <= hour]
    if not slots:
        return {}
    assignment = ask("POST", "/missions/draw", owner, {"slot": slots[-1]})["id"]
    photo = grey_picture(256)
    upload = {"contentType": "image/png", "bytes": len(photo)}
    upload = ask("POST", f"/missions/assignments/{assignment}/photo", owner, upload)
    answer = send(upload["method"], upload["url"], photo, upload["headers"])
    if answer.status != 200:
        sys.exit(f"the upload is answered with {answer.status}: {answer.text}")
    job = finished(ask("POST", f"/missions/assignments/{assignment}/verify", owner)["job"], owner)
    return {"asg_01KKB1Q9R8S7T6V5W4X3Y2Z1A0": assignment, "job_01K9Z4A1B2C3D4E5F6G7H8J9KV": job["id"]}


def grey_picture(side):
    """A PNG of one grey."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * side for _ in range(side)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def open_coupon(admin, name):
    """A coupon that can be claimed now, without a condition."""
    coupon = json.loads(sample("community", "create_coupon")["body"])
    coupon |= {"name": name, "opensAt": "2025-01-01T00:00:00Z", "closesAt": "2099-01-01T00:00:00Z"}
    del coupon["condition"]
    return ask("POST", "/admin/coupons", admin, coupon)["id"]


def chat():
    """A warning for Seoul, and the room that opens with it."""
    warning = {"province": "11", "kind": 2, "level": 1, "command": "issue"}
    address = urljoin(API.replace(":3000", ":3001"), "/_partners/kma/warnings")
    answer = send("POST", address, json.dumps(warning), {"content-type": "application/json"})
    if answer.status != 200:
        sys.exit(f"the warning is answered with {answer.status}: {answer.text}")
    ask("POST", "/_local/run/cron_refresh_alerts")
    rooms = ask("GET", "/rooms?lat=37.5665&lon=126.9780")["items"]
    if not rooms:
        sys.exit("the warning opens no room")
    return {"room_01K9Z3V7R2M4N6P8Q0S1T3V5WE": rooms[0]["id"]}


def checkout(token, action):
    """An order, and where KakaoPay's page sends the browser after this button."""
    order = ask("POST", "/billing/checkout", token, {"plan": "PRO"})
    chosen = urlencode({"method": "CARD", "card": "good", "action": action})
    return order["orderId"], send("POST", order["redirectUrl"], chosen, FORM).headers["location"]


def payment(action, member):
    """A browser that comes back from KakaoPay's page, of a member without a subscription."""

    def back(_named):
        token = ask("GET", "/_local/tokens")[member]
        query = parse_qs(urlsplit(checkout(token, action)[1]).query)
        state = f"ord_01K9Z3V7R2M4N6P8Q0S1T3V5W8.1763337620.{SECRET}"
        return {state: query["state"][0], "3f0c9a7be2d14856": query.get("pg_token", [""])[0]}

    return back


def subscription(_named):
    token = ask("GET", "/_local/tokens")["user"]
    send("GET", checkout(token, "pay")[1])
    return {}


def arrival(_named):
    """A browser that comes back from GitHub."""
    browser = Browser()
    query = parse_qs(urlsplit(browser.begin()).query)
    return {
        "d2f0a1b3c4e5f6078192": query["code"][0],
        f"maru_login={SECRET}": f"maru_login={browser.cookies['maru_login']}",
        SECRET: query["state"][0],
    }


def login_code(_named):
    browser = Browser()
    code = browser.login_code()
    return {f"maru_login={SECRET}": f"maru_login={browser.cookies['maru_login']}", SECRET: code}


def refresh_token(_named):
    token = json.loads(sample("identity", "logout")["body"])["refreshToken"]
    return {token: Browser().sign_in()["refreshToken"]}


def entity_tag(named):
    resume = named["res_01K9Z4A1B2C3D4E5F6G7H8J9KA"]
    token = Browser().sign_in()["accessToken"]
    answer = send("GET", f"/resumes/{resume}", headers={"authorization": f"Bearer {token}"})
    return {r'"if-match": "\"3\""': f'"if-match": {json.dumps(answer.headers["etag"])}'}


# What is good once, or for a minute, or until the next change: made just before the function runs.
FRESH = {
    "complete_kakaopay_fail": payment("fail", "user"),
    "complete_kakaopay_cancel": payment("cancel", "user"),
    "complete_kakaopay_approve": payment("pay", "otherUser"),
    "delete_subscription": subscription,
    "replace_resume": entity_tag,
    "complete_login": arrival,
    "exchange_login_code": login_code,
    "refresh_tokens": refresh_token,
    "logout": refresh_token,
}


def sample(domain, name):
    return json.loads((ROOT / "events" / domain / f"{name}.json").read_text())


def finished(job, token):
    """The job at its end."""
    until = time.monotonic() + WAITING
    while job["status"] in ("queued", "running"):
        if time.monotonic() > until:
            sys.exit(f"the job {job['id']} does not end")
        time.sleep(0.5)
        job = ask("GET", f"/jobs/{job['id']}", token)
    if job["status"] not in ("succeeded", "partly_succeeded"):
        sys.exit(f"the job {job['id']} failed: {job['error']}")
    return job

"""Runs every function's binary in AWS's own local runtime, with its sample event.

`cargo local --docker` holds the tables, queues, buckets and the model; `sam local invoke` runs the functions that
`template.yaml` names, unchanged. Each answer is checked. The last line says how many passed.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
API = "http://127.0.0.1:3000"
BRIDGE = "172.17.0.1"  # where containers reach this machine, and `cargo local --docker` listens
REGION = "ap-northeast-2"
BASE_IMAGE = "public.ecr.aws/lambda/provided:al2023"
IMAGE = "maru-second-judge"

# What the sample events name, and where the running stack has one of its kind.
SAMPLE_RUN = "run_01K9Z3V7R2M4N6P8Q0S1T3V5W7"
SAMPLE_REPORT = "rpt_01K9Z4A1B2C3D4E5F6G7H8J9KA"
SAMPLE_JOB = "job_01K9Z4A1B2C3D4E5F6G7H8J9KM"

STARTING, REPORTING, INVOKING = 300, 120, 300  # seconds


def main():
    with tempfile.TemporaryDirectory() as folder:
        variables = Path(folder) / "variables.json"
        stack = start_stack(variables)
        try:
            replacements = prepare()
            build_image(variables)
            results = [judge(event, variables, replacements, folder) for event in sorted(ROOT.glob("events/*/*.json"))]
        finally:
            stack.terminate()
            stack.wait(timeout=30)
            remove_images()
    passed = sum(results)
    print(f"\n{passed} passed, {len(results) - passed} failed")
    return 0 if all(results) else 1


def start_stack(variables):
    command = [binary("maru-local"), "--memory", "--docker", "--port", "3000", "--env-vars", str(variables)]
    stack = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    patience = threading.Timer(STARTING, stack.kill)
    patience.start()
    try:
        for line in stack.stdout:
            print(line, end="")
            if "ready" in line:
                return stack
    finally:
        patience.cancel()
    sys.exit("cargo local did not become ready")


def binary(name):
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return str(target / "debug" / name)


def prepare():
    """A report, its job and a run, so that the sample events name something that is there."""
    tokens = request("GET", "/_local/tokens")
    job = request("POST", "/consulting/reports", tokens["lecturer"], {})["job"]
    deadline = time.monotonic() + REPORTING
    while job["status"] in ("queued", "running"):
        if time.monotonic() > deadline:
            sys.exit(f"the report's job {job['id']} does not end")
        time.sleep(0.5)
        job = request("GET", f"/jobs/{job['id']}", tokens["lecturer"])
    if job["status"] != "succeeded":
        sys.exit(f"the report's job failed: {job['error']}")
    run = request("GET", "/admin/consulting/runs", tokens["admin"])["items"][0]["id"]
    ids = {SAMPLE_JOB: job["id"], SAMPLE_REPORT: job["result"]["reportId"], SAMPLE_RUN: run}
    return {"tokens": tokens, "ids": ids}


def request(method, path, token=None, body=None):
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    call = urllib.request.Request(API + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(call, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        sys.exit(f"{method} {path} is answered with {refusal.code}: {refusal.read().decode()}")


def build_image(variables):
    """The base image with the AWS endpoint in it: `--env-vars` sets only variables that the template has."""
    text = variables.read_text().replace("127.0.0.1", BRIDGE)
    variables.write_text(text)
    queue = next(v["RUN_QUEUE_URL"] for v in json.loads(text).values() if "RUN_QUEUE_URL" in v)
    endpoint = "/".join(queue.split("/")[:3])
    dockerfile = f"FROM {BASE_IMAGE}\nENV AWS_ENDPOINT_URL={endpoint}\n"
    run_quietly(["docker", "build", "--quiet", "--tag", IMAGE, "-"], dockerfile)


def remove_images():
    """Ours, and the one that SAM made of it."""
    images = run_quietly(["docker", "image", "ls", "--quiet", IMAGE]).split()
    if images:
        run_quietly(["docker", "image", "rm", "--force", *images])


def judge(path, variables, replacements, folder):
    name = path.stem
    function = "".join(word.capitalize() for word in name.split("_")) + "Function"
    event = event_of(path, replacements)
    file = Path(folder) / "event.json"
    file.write_text(event)
    started = time.monotonic()
    answer, log = invoke(name, function, file, variables)
    problem = problem_with(json.loads(event), answer)
    print(f"{'ok    ' if problem is None else 'FAILED'} {name} ({time.monotonic() - started:.0f} s)")
    if problem is not None:
        print(f"       {problem}\n       answer: {answer[:2000]}\n{log[-4000:]}")
    return problem is None


def event_of(path, replacements):
    text = path.read_text()
    for sample, real in replacements["ids"].items():
        text = text.replace(sample, real)
    caller = "admin" if '"rawPath": "/admin/' in text else "lecturer"
    return text.replace("${TOKEN}", replacements["tokens"][caller])


def invoke(name, function, event, variables):
    architecture = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    command = ["sam", "local", "invoke", function, "--event", str(event), "--env-vars", str(variables)]
    command += ["--region", REGION, "--skip-pull-image", "--invoke-image", IMAGE]
    command += ["--parameter-overrides", f"Architecture={architecture}"]
    # The access key names the function, so that its policy is enforced here too.
    environment = os.environ | {"AWS_ACCESS_KEY_ID": f"local.{name}", "AWS_SECRET_ACCESS_KEY": "local"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=INVOKING)
    return done.stdout.decode(errors="replace").strip(), done.stderr.decode(errors="replace")


def problem_with(event, answer):
    """What is wrong with the answer; None if it is right."""
    if event.get("routeKey") == "$default":
        return None if "event: done" in answer else "the stream has no `event: done`"
    try:
        value = json.loads(answer)
    except ValueError:
        return "the answer is not JSON"
    if isinstance(value, dict) and "errorType" in value:
        return "the function failed"
    if "routeKey" in event:
        return None if value.get("statusCode") in (200, 202) else "the status is not 200 or 202"
    if "Records" in event:
        return None if value == {"batchItemFailures": []} else "a message failed"
    if "detail-type" in event:
        return None if value is None else "the answer is not null"
    return None if isinstance(value, dict) else "the answer is not a report"


def run_quietly(command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())

"""Runs every function's binary in AWS's own local runtime, with its sample event.

`cargo local --docker` holds the tables, queues, buckets and the model; `sam local invoke` runs the functions that the
templates name, unchanged. Each answer is checked. The last line says how many passed.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

from api import Browser
from prepare import FRESH, prepare

ROOT = Path(__file__).resolve().parent.parent.parent
BRIDGE = "172.17.0.1"  # where containers reach this machine, and `cargo local --docker` listens
REGION = "ap-northeast-2"
BASE_IMAGE = "public.ecr.aws/lambda/provided:al2023"
IMAGE = "maru-second-judge"

FOR_BROWSERS = {"API_URL", "APP_ORIGIN"}  # stay as they are: no container calls them

SUCCESS = range(200, 400)

# Somebody who never signed up; a picture that nobody has.
EXPECTED = {"login": [401], "get_image": [404]}
# Before six in Seoul no mission can be drawn; after that, the slot of the sample may be one that was drawn from.
EXPECTED |= {"draw_mission": [201, 409], "create_mission_photo": [201, 404], "create_mission_verification": [202, 404]}

# What ends what other samples name comes last, one after the other.
LAST = ["logout", "delete_comment", "on_resume_withdrawn", "on_resume_deleted_for_hub", "on_resume_deleted"]
LAST += ["delete_resume", "delete_interview_question", "delete_interview", "delete_mission", "delete_post"]
LAST += ["cron_delete_ended_rooms", "delete_me"]

SECOND = {"chat", "community", "weather"}  # the domains of weather.yaml

LANES = 4  # domains at a time: most of what SAM takes is waiting for containers

STARTING, INVOKING = 300, 300  # seconds


def main():
    with tempfile.TemporaryDirectory() as folder:
        variables = Path(folder) / "variables.json"
        stack = start_stack(variables)
        try:
            world = prepare()
            build_image(variables)
            results = judge_all(variables, world, folder)
        finally:
            stack.terminate()
            stack.wait(timeout=30)
            remove_images()
    passed = sum(results)
    print(f"\n{passed} passed, {len(results) - passed} failed")
    return 0 if all(results) else 1


def judge_all(variables, world, folder):
    """A domain's functions one after the other, and several domains at a time."""
    events = sorted(ROOT.glob("events/*/*.json"))
    first = [event for event in events if event.stem not in LAST]
    last = sorted((event for event in events if event.stem in LAST), key=lambda event: LAST.index(event.stem))
    domains = [list(events) for _, events in groupby(first, key=lambda event: event.parent.name)]
    with ThreadPoolExecutor(max_workers=LANES) as lanes:
        judged = lanes.map(lambda events: [judge(event, variables, world, folder) for event in events], domains)
        results = [result for results in judged for result in results]
    return results + [judge(event, variables, world, folder) for event in last]


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


def build_image(variables):
    """The base image with the AWS endpoint in it: `--env-vars` sets only variables that the template has."""
    values = json.loads(variables.read_text())
    for function in values.values():
        for name in function.keys() - FOR_BROWSERS:
            function[name] = function[name].replace("127.0.0.1", BRIDGE)
    variables.write_text(json.dumps(values))
    queue = next(v["RUN_QUEUE_URL"] for v in values.values() if "RUN_QUEUE_URL" in v)
    endpoint = "/".join(queue.split("/")[:3])
    dockerfile = f"FROM {BASE_IMAGE}\nENV AWS_ENDPOINT_URL={endpoint}\n"
    run_quietly(["docker", "build", "--quiet", "--tag", IMAGE, "-"], dockerfile)


def remove_images():
    """Ours, and the one that SAM made of it."""
    images = run_quietly(["docker", "image", "ls", "--quiet", IMAGE]).split()
    if images:
        run_quietly(["docker", "image", "rm", "--force", *images])


def judge(path, variables, world, folder):
    name = path.stem
    function = "".join(word.capitalize() for word in name.split("_")) + "Function"
    event = event_of(path, *world)
    file = Path(folder) / f"{name}.json"
    file.write_text(event)
    started = time.monotonic()
    template = "weather.yaml" if path.parent.name in SECOND else "template.yaml"
    answer, log = invoke(name, function, template, file, variables)
    problem = problem_with(name, json.loads(event), answer)
    said = f"{'ok    ' if problem is None else 'FAILED'} {name} ({time.monotonic() - started:.0f} s)"
    if problem is not None:
        said += f"\n       {problem}\n       answer: {answer[:2000]}\n{log[-4000:]}"
    print(said, flush=True)
    return problem is None


def event_of(path, tokens, replacements):
    text = path.read_text()
    fresh = FRESH[path.stem](replacements) if path.stem in FRESH else {}
    for sample, real in [*fresh.items(), *replacements.items()]:
        text = text.replace(sample, real)
    caller = "admin" if '"rawPath": "/admin/' in text else path.parent.name
    # An access token is good for fifteen minutes, less than all this takes.
    token = tokens.get(caller) or Browser().sign_in()["accessToken"]
    return text.replace("${TOKEN}", token)


def invoke(name, function, template, event, variables):
    architecture = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    command = ["sam", "local", "invoke", function, "--event", str(event), "--env-vars", str(variables)]
    command += ["--template", template, "--region", REGION, "--skip-pull-image", "--invoke-image", IMAGE]
    command += ["--parameter-overrides", f"Architecture={architecture}"]
    # The access key names the function, so that its policy is enforced here too.
    environment = os.environ | {"AWS_ACCESS_KEY_ID": f"local.{name}", "AWS_SECRET_ACCESS_KEY": "local"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=INVOKING)
    return done.stdout.decode(errors="replace").strip(), done.stderr.decode(errors="replace")


def problem_with(name, event, answer):
    """What is wrong with the answer; None if it is right."""
    if event.get("routeKey") == "$default":
        return None if "event: done" in answer else "the stream has no `event: done`"
    try:
        value = json.loads(answer)
    except ValueError:
        return "the answer is not JSON"
    if isinstance(value, dict) and "errorType" in value:
        return "the function failed"
    if "connectionId" in event.get("requestContext", {}):
        return None if value.get("statusCode") == 200 else "the status is not 200"
    if "routeKey" in event:
        return None if value.get("statusCode", 500) in EXPECTED.get(name, SUCCESS) else "the status is not a success"
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

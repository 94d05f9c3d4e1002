// The generation that is watched: the one just started, or that of before the page was loaded.

import { byId, element, fill } from "../dom.js";
import { follow } from "../job.js";
import { say } from "../language.js";
import { callForJson, drawForSession, who } from "../session.js";
import { show } from "./history.js";
import { LivePanel } from "./live-panel.js";
import { forgetStarted, keepForTab, keepStarted, startedOf } from "./started.js";

const STARTED = "maru.interview-job";

/** Pauses between looks whether the interview is saved, in milliseconds: it is, a moment after the questions came. */
const LOOKS = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** `{member, job, panel, stop}`; null for none. */
let watched = null;

/** Goes on watching a generation of before, until somebody else uses the page. */
export function drawLive() {
  drawForSession(() => {
    const visitor = who()?.id ?? null;
    if (watched?.member && watched.member !== visitor) close();
    if (watched) return watched.panel.redraw();
    const started = startedOf(STARTED, visitor);
    if (started) follows(started);
  });
}

/** Watches a generation that was just started: `{member, job, language, categories}`. */
export function watch(started) {
  keepStarted(STARTED, started);
  if (watched?.job.id !== started.job.id) follows(started);
  byId("live").scrollIntoView();
}

async function follows(started) {
  close();
  const { member, job } = started;
  const panel = new LivePanel(byId("live"), started, putAway);
  const { signal } = (watched = { member, job, panel, stop: new AbortController() }).stop;
  const last = await follow(job, panel, signal);
  if (signal.aborted) return;
  panel.end(last);
  if (last.status === "failed" || last.status === "unknown") forgetStarted(STARTED, job);
  else if (member) await lookForSaved(watched, last.result, signal);
  else {
    keepForTab(STARTED, started);
    panel.tell(guestHint);
  }
}

/** The questions of a member are kept: once they are, they can be answered. */
async function lookForSaved({ panel, job }, { interviewId }, signal) {
  panel.tell(() => element("span", { class: "note" }, say("지난 면접에 저장하고 있습니다…", "Being saved to your interviews…")));
  for (const pause of LOOKS) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const page = signal.aborted ? null : await callForJson("GET", "/interviews").catch(() => null);
    if (signal.aborted) return;
    if (!page?.items.some(({ id }) => id === interviewId)) continue;
    forgetStarted(STARTED, job);
    document.dispatchEvent(new Event("maru:interviews"));
    return panel.tell(() => element("button", { type: "button", class: "primary", onclick: () => answer(interviewId) },
      say("답해 보고 채점받기", "Answer and get feedback")));
  }
  panel.tell(() => element("span", { class: "note" }, say("저장이 늦어지고 있습니다. 저장되면 지난 면접에 나타납니다.", "Saving takes longer. The interview will be among yours.")));
}

function guestHint() {
  return element("span", { class: "note" }, say(
    "로그인하지 않아 저장하지 않았습니다. 이 탭을 닫거나 치우면 다시 볼 수 없습니다.",
    "Nothing is saved without signing in: once this tab is closed, or this is put away, it is gone."));
}

function answer(id) {
  close();
  show(id);
}

function putAway() {
  forgetStarted(STARTED, watched.job);
  close();
}

function close() {
  watched?.stop.abort();
  watched = null;
  byId("live").hidden = true;
  fill(byId("live"));
}

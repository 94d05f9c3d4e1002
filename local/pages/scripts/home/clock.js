// The stack's clock: what it shows, and moving it forward.

import { byId, element, fill } from "../dom.js";
import { moment } from "../form.js";
import { drawInLanguage, say } from "../language.js";
import { local } from "../maru.js";
import { problemNotice } from "../notices.js";

const HOUR = 3600;

/** How far the stack's clock is ahead of this browser's, in milliseconds; null while not known. */
let ahead = null;

/** Draws the clock and lets it run. */
export async function drawClock() {
  drawInLanguage(draw);
  setInterval(showTime, 1000);
  await ask();
  setInterval(ask, 15_000);
}

async function ask(move) {
  try {
    const { now } = await local("/_local/clock", move);
    ahead = new Date(now) - Date.now();
    showTime();
  } catch (problem) {
    fill(byId("clock"), problemNotice(problem));
  }
}

function draw() {
  const moves = [[HOUR, say("+1시간", "+1 hour")], [24 * HOUR, say("+1일", "+1 day")], [7 * 24 * HOUR, say("+7일", "+7 days")]];
  const buttons = moves.map(([advanceSeconds, text]) =>
    element("button", { type: "button", onclick: () => ask({ advanceSeconds }) }, text));
  fill(byId("clock"),
    element("div", { class: "time", id: "time" }),
    element("p", { class: "note", id: "utc" }),
    element("div", { class: "row moves", role: "group", "aria-label": say("시계를 앞으로", "Move the clock forward") }, buttons),
    element("p", { class: "note" }, say("앞으로 옮기면 그동안의 일정이 실행됩니다. 밤 집계는 0시 10분입니다.",
      "Moving it fires the schedules in between. The night runs at 00:10.")));
  showTime();
}

function showTime() {
  const time = byId("time");
  if (ahead === null || !time) return;
  const now = new Date(Date.now() + ahead);
  time.textContent = moment(now, { dateStyle: "medium", timeStyle: "medium" });
  byId("utc").textContent = `Asia/Seoul · ${now.toISOString().slice(0, 19)}Z`;
}

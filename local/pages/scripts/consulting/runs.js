// The nightly runs, for the admin: starting one, and watching it until readers see it.

import { byId, element, fill } from "../dom.js";
import { seoulDay } from "../form.js";
import { say } from "../language.js";
import { local, sendForJson } from "../maru.js";
import { problemNotice } from "../notices.js";
import { repeat } from "../repeat.js";
import { hasEnded, runView } from "./run.js";

const DAY = 24 * 3600 * 1000;

/** The runs whose details are open: the list is drawn anew every few seconds. */
const open = new Set();
let newest = null;

/** Draws the runs and keeps them up to date. */
export async function drawRuns() {
  byId("start-run").addEventListener("submit", start);
  repeat(2000, draw);
  const { now } = await local("/_local/clock");
  const yesterday = seoulDay(new Date(new Date(now) - DAY));
  Object.assign(byId("run-day"), { value: yesterday, max: yesterday });
}

async function start(event) {
  event.preventDefault();
  try {
    const run = await sendForJson("admin", "POST", "/admin/consulting/runs", { body: { day: byId("run-day").value } });
    fill(byId("run-problem"));
    open.add(run.id);
    await draw();
  } catch (problem) {
    fill(byId("run-problem"), problemNotice(problem));
  }
}

async function draw() {
  try {
    const { items } = await sendForJson("admin", "GET", "/admin/consulting/runs");
    if (busy()) return;
    fill(byId("runs"), items.length ? items.map(drawRun) : element("p", { class: "empty" }, say("아직 없습니다.", "None yet.")));
    tellOfPublication(items);
  } catch (problem) {
    fill(byId("runs"), problemNotice(problem));
  }
}

/** Somebody moves through the list by keyboard, or selects text in it: it is drawn anew later. */
function busy() {
  const within = (node) => node && byId("runs").contains(node);
  return within(document.activeElement) || (!getSelection().isCollapsed && within(getSelection().anchorNode));
}

function drawRun(run) {
  const view = runView(run, open.has(run.id) || !hasEnded(run));
  view.addEventListener("toggle", () => (view.open ? open.add(run.id) : open.delete(run.id)));
  return view;
}

/** Once a run is published that was not before, the charts show a new generation. */
function tellOfPublication(runs) {
  const published = runs.filter(({ state }) => state === "published").map(({ id }) => id).join();
  if (newest !== null && newest !== published) document.dispatchEvent(new Event("maru:generation"));
  newest = published;
}

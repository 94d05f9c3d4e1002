// Making today's report and looking at past ones.

import { byId, element, fill } from "../dom.js";
import { day, moment } from "../form.js";
import { follow } from "../job.js";
import { JobPanel } from "../job-panel.js";
import { language, say } from "../language.js";
import { sendForJson } from "../maru.js";
import { problemNotice } from "../notices.js";
import { reportView, sectionView } from "./report.js";

let shown = null;
let past = [];
let nextCursor = null;

/** Draws the newest report and the list, and lets a new one be made. */
export async function drawReports() {
  byId("make-report").addEventListener("click", make);
  document.addEventListener("maru:language", draw);
  await listFrom("");
  if (past.length) await open(past[0].id);
}

async function make({ currentTarget: button }) {
  button.disabled = true;
  try {
    const answer = await sendForJson("lecturer", "POST", "/consulting/reports", { body: { language: language() } });
    show(answer.job ? await written(answer.job) : answer);
    await listFrom("");
  } catch (problem) {
    fill(byId("report"), problemNotice(problem));
  } finally {
    button.disabled = false;
  }
}

/** The report that a job writes, once it is there; null if the job fails, which its panel then tells. */
async function written(job) {
  const viewOf = ({ section, value }) => sectionView(section, value);
  const failure = () => say("리포트를 만들지 못했습니다", "There is no report");
  const panel = new JobPanel(byId("job"), job, { viewOf, failure });
  show(null);
  const last = await follow(job, panel);
  if (last.status === "failed") return null;
  panel.close();
  return sendForJson("lecturer", "GET", job.resultUrl);
}

async function open(id) {
  try {
    show(await sendForJson("lecturer", "GET", `/consulting/reports/${encodeURIComponent(id)}`));
  } catch (problem) {
    fill(byId("report"), problemNotice(problem));
  }
}

function show(report) {
  shown = report;
  draw();
}

async function listFrom(cursor) {
  try {
    const page = await sendForJson("lecturer", "GET", "/consulting/reports", { query: { limit: "10", cursor } });
    past = cursor ? past.concat(page.items) : page.items;
    nextCursor = page.nextCursor;
    draw();
  } catch (problem) {
    fill(byId("past"), problemNotice(problem));
  }
}

function draw() {
  fill(byId("report"), shown ? reportView(shown) : byId("job").hidden ? nothing() : null);
  fill(byId("past"), past.length ? list() : element("p", { class: "note" }, say("아직 없습니다.", "None yet.")));
}

function nothing() {
  return element("p", { class: "empty" }, say(
    "아직 리포트가 없습니다. 단추를 누르면 최근 리뷰와 질문 30개씩을 읽고 만듭니다.",
    "There is no report yet. Press the button: the newest 30 reviews and 30 questions are read for one."));
}

function list() {
  const items = past.map(({ id, day: of, createdAt, offline }) => element("li", {}, element("button", {
    type: "button",
    "aria-current": String(shown?.id === id),
    onclick: () => open(id),
  }, day(of), element("small", {}, moment(createdAt, { timeStyle: "short" }), offline ? say(" · 오프라인 대역", " · offline stand-in") : ""))));
  const more = element("button", { type: "button", class: "small", onclick: () => listFrom(nextCursor) }, say("더 보기", "More"));
  return [element("ul", { class: "past" }, items), nextCursor ? more : null];
}

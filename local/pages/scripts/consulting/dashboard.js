// The dashboard as numbers: which generation is seen, what can be selected, and the figures above the charts.

import { byId, element, fill } from "../dom.js";
import { day, moment, number, won } from "../form.js";
import { language, say } from "../language.js";
import { sendForJson } from "../maru.js";
import { problemNotice } from "../notices.js";
import { select, selection } from "./selection.js";

/** The days of the ranges that one press selects. */
const RANGES = [30, 90, 366];

let dashboard = null;

/** Draws what the numbers say now, and again when the selection, the language or the generation changes. */
export function watchDashboard() {
  byId("lecture").addEventListener("change", ({ target }) => select({ lectureId: target.value }));
  for (const name of ["from", "to"]) byId(name).addEventListener("change", ({ target }) => select({ [name]: target.value }));
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("maru:selection", load);
  document.addEventListener("maru:generation", load);
  document.addEventListener("maru:language", draw);
  load();
}

async function load() {
  try {
    dashboard = await sendForJson("lecturer", "GET", "/consulting/dashboard", { query: selection() });
    fill(byId("charts-problem"));
  } catch (problem) {
    fill(byId("charts-problem"), problemNotice(problem), nothingYet(problem));
  }
  draw();
}

function nothingYet(problem) {
  if (problem.code !== "nothing_published") return null;
  return element("p", { class: "note" }, say("아래 ‘밤 집계’에서 하루를 골라 시작할 수 있습니다.", "Start a run for a day below, under Nightly runs."));
}

function draw() {
  const { from, to } = selection();
  [byId("from").value, byId("to").value] = [from, to];
  drawRanges();
  drawLectures();
  if (!dashboard) return;
  fill(byId("published"),
    say(`${day(dashboard.day)}까지의 수치 · ${moment(dashboard.publishedAt)} 게시 · 세대 `,
      `Counted until ${day(dashboard.day)} · published ${moment(dashboard.publishedAt)} · generation `),
    element("code", {}, dashboard.generationId));
  fill(byId("figures"), figures());
}

function drawLectures() {
  const { lectureId } = selection();
  const name = ({ title, lectureId: id }) => `${title} (${id})`;
  const options = (dashboard?.lectures ?? []).map((lecture) => element("option", { value: lecture.lectureId }, name(lecture)));
  fill(byId("lecture"), element("option", { value: "" }, say("모든 강의", "All lectures")), options);
  byId("lecture").value = lectureId;
}

function drawRanges() {
  const text = (days) => (days === 366 ? say("1년", "1 year") : say(`${days}일`, `${days} days`));
  const press = (days) => () => select({ from: days === 30 ? "" : firstOf(days), to: "" });
  fill(byId("ranges"), RANGES.map((days) => element("button", { type: "button", class: "small", onclick: press(days) }, text(days))));
}

/** The first of `days` days that end with the last one counted. */
function firstOf(days) {
  const first = new Date(`${dashboard?.day ?? new Date().toISOString().slice(0, 10)}T00:00:00Z`);
  first.setUTCDate(first.getUTCDate() - days + 1);
  return first.toISOString().slice(0, 10);
}

function figures() {
  const { monthlyRevenue, revenueShare, lecturesPerStudent, completion, lectures } = dashboard;
  const best = completion.items[0];
  const percent = new Intl.NumberFormat(language(), { maximumFractionDigits: 1 });
  return [
    figure(say("이번 달 수익", "Revenue this month"), won(monthlyRevenue.total), monthlyRevenue.month),
    figure(say("최근 7일 수익", "Revenue, last 7 days"), won(revenueShare.total), `${revenueShare.from} – ${revenueShare.to}`),
    figure(say("수강생", "Students"), number(lecturesPerStudent.students), say(`강의 ${lectures.length}개`, `in ${lectures.length} lectures`)),
    figure(say("가장 높은 완강률", "Best completion"), best ? `${percent.format(best.percent)}%` : "–", best?.title ?? ""),
  ];
}

function figure(name, value, aside) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value), element("dd", { class: "aside" }, aside));
}

// The missions of the day: one drawn in each slot, shown by a photo.

import { signInFirst } from "../account.js";
import { byId, element, fill } from "../dom.js";
import { moment, seoulDay } from "../form.js";
import { say } from "../language.js";
import { local } from "../maru.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { words } from "../words.js";
import { assignmentView } from "./assignment.js";

/** The hours in Seoul at which slots open. */
const OPENS_AT = { MORNING: 6, AFTERNOON: 12, EVENING: 18 };

/** The stack's clock, which may have been moved. */
let now = null;
let assignments = [];

/** Draws the slots of today. */
export function drawMissions() {
  document.addEventListener("maru:missions", read);
  drawForSession(read);
}

async function read() {
  if (!who()) return fill(byId("missions"), signInFirst(say("로그인하면 미션을 뽑을 수 있습니다.", "Sign in to draw missions.")));
  try {
    now = new Date((await local("/_local/clock")).now);
    assignments = (await callForJson("GET", "/missions/mine", { query: { day: seoulDay(now) } })).items;
    draw();
  } catch (problem) {
    fill(byId("missions"), problemNotice(problem));
  }
}

function draw() {
  fill(byId("missions"),
    element("header", { class: "card-head" }, element("p", { class: "note" }, say(
      `지금 서울은 ${moment(now)}. 날씨를 먼저 보면 그 날씨에 맞는 미션이 나옵니다.`,
      `It is ${moment(now)} in Seoul. Look at the weather first: missions fit it.`)),
    element("button", { type: "button", class: "small", onclick: nextSlot }, say("다음 칸의 시각으로 시계를 옮기기", "Move the clock to the next slot"))),
    element("div", { class: "slots" }, words("slot").map(slotView)),
    element("div", { id: "missions-problem" }));
}

function slotView([slot, name]) {
  const assignment = assignments.find((each) => each.slot === slot);
  const draws = async ({ currentTarget: button }) => {
    button.disabled = true;
    fill(byId("missions-problem"));
    try {
      const drawn = await callForJson("POST", "/missions/draw", { body: { slot } });
      changed(drawn);
    } catch (problem) {
      button.disabled = false;
      fill(byId("missions-problem"), problemNotice(problem));
    }
  };
  return element("section", { class: "slot", "aria-label": name },
    element("h3", {}, name, " ", element("span", { class: "note" }, say(`${OPENS_AT[slot]}시부터`, `from ${OPENS_AT[slot]}:00`))),
    assignment ? assignmentView(assignment, changed) : element("p", {}, element("button", { type: "button", onclick: draws }, say("미션 뽑기", "Draw a mission"))));
}

function changed(assignment) {
  assignments = assignments.filter(({ id }) => id !== assignment.id).concat(assignment);
  draw();
  document.dispatchEvent(new Event("maru:points"));
}

async function nextSlot({ currentTarget: button }) {
  button.disabled = true;
  const day = seoulDay(now);
  const times = Object.values(OPENS_AT).map((hour) => Date.parse(`${day}T${String(hour).padStart(2, "0")}:00:00+09:00`));
  const next = [...times, times[0] + 24 * 3600 * 1000].find((time) => time > now.getTime());
  try {
    await local("/_local/clock", { now: new Date(next).toISOString() });
    await read();
    document.dispatchEvent(new Event("maru:clock"));
  } catch (problem) {
    button.disabled = false;
    fill(byId("missions-problem"), problemNotice(problem));
  }
}

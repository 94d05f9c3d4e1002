// The warnings that Maru knows of: those of the chosen province first, then the others'.

import { byId, element, fill, tag } from "../dom.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { repeat } from "../repeat.js";
import { callForJson } from "../session.js";
import { place } from "./place.js";

/** How often it looks, in milliseconds: the hourly look may come at any time. */
const PAUSE = 15_000;

let inForce = [];
let ended = [];

/** Draws the warnings. */
export function drawAlerts() {
  document.addEventListener("maru:alerts", read);
  document.addEventListener("maru:place", draw);
  repeat(PAUSE, read);
}

async function read() {
  try {
    const ask = (state) => callForJson("GET", "/alerts", { query: { state, limit: "100" } });
    [inForce, ended] = (await Promise.all([ask("active"), ask("ended")])).map(({ items }) => items);
    draw();
  } catch (problem) {
    fill(byId("alerts"), problemNotice(problem));
  }
}

function draw() {
  const isHere = ({ province }) => province.code === place().province;
  const list = (some) => element("ul", { class: "lines" }, some.map(line));
  fill(byId("alerts"),
    inForce.length ? list([...inForce.filter(isHere), ...inForce.filter((alert) => !isHere(alert))])
      : element("p", { class: "empty" }, say("발효 중인 특보가 없습니다.", "No warning is in force.")),
    ended.length ? element("details", { class: "after" }, element("summary", { class: "note" }, say("끝난 특보", "Ended")), list(ended)) : null);
}

function line({ province, zoneName, warning, since, endedAt }) {
  return element("li", {},
    element("span", {}, tag(warning.name, endedAt ? "" : warning.level > 0 ? "bad" : "warn"), ` ${province.name} · ${zoneName}`),
    element("span", { class: "note" }, endedAt ? say(`${moment(endedAt)}에 끝남`, `ended ${moment(endedAt)}`) : say(`${moment(since)}부터`, `since ${moment(since)}`)));
}

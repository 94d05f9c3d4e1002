// The weather service's sandbox: issuing, raising and lifting a warning, and looking for it at once.

import { byId, element, fill, tag } from "../dom.js";
import { choice, submitting } from "../fields.js";
import { drawInLanguage, say } from "../language.js";
import { local } from "../maru.js";
import { problemNotice } from "../notices.js";
import { sandbox } from "../sandbox.js";
import { place } from "./place.js";

/** What looks for warnings each hour. */
const LOOKING = "cron_refresh_alerts";

/** What the sandbox says of its warnings; null while not known. */
let known = null;

/** Draws the warnings of the sandbox and what can be done to them. */
export function drawWarnings() {
  document.addEventListener("maru:place", draw);
  drawInLanguage(read);
}

async function read() {
  try {
    known = await ask();
    draw();
  } catch (problem) {
    fill(byId("warnings"), problemNotice(problem));
  }
}

function draw() {
  if (!known) return;
  const { province } = place();
  const zone = known.zones.find((each) => each.province === province)?.zone ?? known.zones[0].zone;
  const zones = known.zones.map((each) => [each.zone, each.name]);
  const kinds = known.kinds.map(({ kind, name }) => [String(kind), name]);
  const issue = submitting(say("주의보 발표", "Issue an advisory"), [
    choice(say("구역", "Zone"), zones, { name: "zone", value: zone }), choice(say("종류", "Kind"), kinds, { name: "kind", value: "1" }),
  ], (chosen) => change({ zone: chosen.zone, kind: Number(chosen.kind), command: "issue" }));
  fill(byId("warnings"),
    element("p", { class: "note" }, say("날씨와 특보는 지어낸 것입니다. 특보를 바꾸면 한 시간마다 도는 확인을 바로 돌려, 대화방이 열리고 닫힙니다.",
      "Weather and warnings are invented. After a change the hourly look is taken at once: rooms open and close.")),
    known.inForce.length ? element("ul", { class: "lines" }, known.inForce.map(standing)) : element("p", { class: "empty after" }, say("없습니다.", "None.")),
    element("div", { class: "after" }, issue),
    element("p", { class: "row after" },
      element("button", { type: "button", class: "small", onclick: pressed(look) }, say("지금 확인", "Look now")),
      element("a", { href: sandbox("kma"), target: "_blank" }, say("샌드박스의 페이지", "The sandbox’s own page"))),
    element("div", { id: "warnings-problem" }));
}

function standing({ zone, name, kind, level }) {
  const kindName = known.kinds.find((each) => each.kind === kind)?.name ?? kind;
  const button = (command, text) => element("button", { type: "button", class: "small", onclick: pressed(() => change({ zone, kind, command })) }, text);
  return element("li", {},
    element("span", {}, tag(`${kindName}${known.levels[level] ?? level}`, level > 0 ? "bad" : "warn"), ` ${name}`),
    element("span", { class: "row" }, level + 1 < known.levels.length ? button("raise", say("올리기", "Raise")) : null, button("lift", say("해제", "Lift"))));
}

async function change(wish) {
  known = await ask(wish);
  draw();
  await look();
}

/** Looks for warnings as it is done each hour, and tells everyone who listens for `maru:alerts`. */
async function look() {
  await local(`/_local/run/${LOOKING}`, {});
  document.dispatchEvent(new Event("maru:alerts"));
}

function pressed(work) {
  return async ({ currentTarget: button }) => {
    button.disabled = true;
    fill(byId("warnings-problem"));
    try {
      await work();
    } catch (problem) {
      fill(byId("warnings-problem"), problemNotice(problem));
    } finally {
      button.disabled = false;
    }
  };
}

function ask(wish) {
  return local(sandbox("kma", "/warnings"), wish);
}

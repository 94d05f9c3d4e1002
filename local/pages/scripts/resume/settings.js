// What the owner decides about a resume: its title, who sees it, its position and template; and deleting it.

import { byId, element, fill } from "../dom.js";
import { choice, field, toggle } from "../fields.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { call } from "../session.js";
import { words } from "../words.js";
import { show } from "./list.js";
import { change, openedResume } from "./opened.js";

/** Draws the settings of the open resume. */
export function drawSettings() {
  for (const event of ["maru:language", "maru:resume"]) document.addEventListener(event, draw);
}

function draw() {
  const resume = openedResume();
  if (!resume) return fill(byId("settings"));
  const focused = document.activeElement?.name;
  fill(byId("settings"), element("h3", {}, say("설정과 공유", "Settings and sharing")), element("div", { class: "stack tight", onchange: save },
    field(say("제목", "Title"), { name: "title", value: resume.title, maxlength: 100 }),
    toggle(say("허브에 공개", "Public in the hub"), { name: "visibility", checked: resume.visibility === "PUBLIC" }),
    toggle(say("연락처도 공개", "Contact details too"), { name: "contactPublic", checked: resume.contactPublic }),
    choice(say("직무", "Position"), words("position"), { name: "position", value: resume.position }),
    choice(say("서식", "Template"), words("template"), { name: "template", value: resume.template })),
  element("div", { id: "settings-problem" }),
  element("div", { class: "row after" },
    resume.visibility === "PUBLIC" ? element("a", { class: "button", href: `/hub?resume=${resume.id}` }, say("허브에서 보기", "See it in the hub")) : null,
    element("button", { type: "button", class: "danger", onclick: remove }, say("이력서 지우기", "Delete"))));
  if (focused) byId("settings").querySelector(`[name="${focused}"]`)?.focus();
}

async function save({ target }) {
  const { name, value, checked } = target;
  const values = { visibility: checked ? "PUBLIC" : "PRIVATE", contactPublic: checked };
  try {
    await change("PATCH", "", { body: { [name]: values[name] ?? value.trim() } });
  } catch (problem) {
    draw();
    fill(byId("settings-problem"), problemNotice(problem));
  }
}

async function remove() {
  const { id, title } = openedResume();
  if (!confirm(say(`‘${title}’을(를) 버전까지 모두 지웁니다. 되돌릴 수 없습니다.`, `This deletes ‘${title}’ with all its versions, for good.`))) return;
  try {
    await call("DELETE", `/resumes/${id}`);
    await show(null);
  } catch (problem) {
    fill(byId("settings-problem"), problemNotice(problem));
  }
}

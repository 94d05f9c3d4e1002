// What the resume was, and taking an earlier version back.

import { byId, element, fill } from "../dom.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson } from "../session.js";
import { change, openedResume } from "./opened.js";

let versions = [];
let nextCursor = null;
let listed = "";

/** Draws the versions of the open resume. */
export function drawVersions() {
  document.addEventListener("maru:language", draw);
  document.addEventListener("maru:resume", follow);
}

/** Lists anew when another resume is open, or when this one has one version more. */
async function follow() {
  const resume = openedResume();
  const wanted = resume ? `${resume.id} ${resume.version}` : "";
  if (wanted === listed) return;
  [listed, versions, nextCursor] = [wanted, [], null];
  if (resume) await listFrom("");
  draw();
}

async function listFrom(cursor) {
  const of = listed;
  try {
    const page = await callForJson("GET", `/resumes/${openedResume().id}/versions`, { query: { limit: "10", cursor } });
    if (of !== listed) return;
    versions = versions.concat(page.items);
    nextCursor = page.nextCursor;
    draw();
  } catch (problem) {
    fill(byId("versions"), problemNotice(problem));
  }
}

function draw() {
  const resume = openedResume();
  if (!resume) return fill(byId("versions"));
  const more = element("button", { type: "button", class: "small", onclick: () => listFrom(nextCursor) }, say("더 보기", "More"));
  fill(byId("versions"), element("h3", {}, say("버전", "Versions")),
    element("ol", { class: "versions" }, versions.map((version) => line(version, version.version === resume.version))),
    nextCursor ? more : null, element("div", { id: "versions-problem" }));
}

function line({ version, cause, createdAt }, isNow) {
  const restore = async ({ currentTarget: button }) => {
    button.disabled = true;
    try {
      await change("POST", `/versions/${version}/restore`);
    } catch (problem) {
      draw();
      fill(byId("versions-problem"), problemNotice(problem));
    }
  };
  const label = say(`버전 ${version}(으)로 되돌리기`, `Restore version ${version}`);
  return element("li", {}, element("span", {}, element("span", { class: "strong" }, `v${version}`), ` ${causeOf(cause)} `, element("small", { class: "note" }, moment(createdAt))),
    isNow ? element("span", { class: "tag good" }, say("지금", "Now"))
      : element("button", { type: "button", class: "small", "aria-label": label, onclick: restore }, say("되돌리기", "Restore")));
}

function causeOf({ kind, version }) {
  const names = {
    generated: say("저장소로 만듦", "Written from repositories"), written: say("직접 고침", "Changed by hand"),
    edited: say("제안 적용", "Proposal applied"), restored: say(`v${version}(으)로 되돌림`, `v${version} restored`),
  };
  return names[kind] ?? kind;
}

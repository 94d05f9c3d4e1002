// A mission that was drawn: what is to be shown, the photo, and the job that looks at it, watched live.

import { element, fill, tag } from "../dom.js";
import { number } from "../form.js";
import { follow } from "../job.js";
import { JobPanel } from "../job-panel.js";
import { say } from "../language.js";
import { isOffline, offlineNotice, problemNotice } from "../notices.js";
import { callForJson } from "../session.js";
import { word } from "../words.js";
import { demoPhoto, upload } from "./photo.js";

/** Files that are taken. */
const TYPES = "image/jpeg,image/png,image/webp";

/** The view of an assignment; `changed` is told how it stands after a photo was looked at. */
export function assignmentView(assignment, changed) {
  const { name, description, kind, points, status, verdict, triesLeft } = assignment;
  const tone = { verified: "good", missed: "bad" }[status] ?? "accent";
  return element("div", { class: "stack tight" },
    element("p", {}, element("span", { class: "strong" }, name), " ", tag(word("weatherKind", kind)), " ", tag(say(`${number(points)}점`, `${number(points)} points`), "accent"), " ",
      tag(word("mission", status), tone)),
    element("p", {}, description),
    verdict ? verdictView(verdict) : null,
    status === "open" ? photoForm(assignment, triesLeft, changed) : null);
}

function verdictView({ shows, reason, what, model }) {
  return element("div", {}, element("p", { class: shows ? "notice" : "notice warn" }, element("strong", {}, shows ? say("사진에 보입니다. ", "The photo shows it. ") : say("사진에 보이지 않습니다. ", "The photo does not show it. ")),
    `${what} ${reason}`), isOffline(model) ? offlineNotice() : null);
}

function photoForm({ id }, triesLeft, changed) {
  const shown = element("div");
  const job = element("div", { hidden: true });
  const send = async (file) => {
    fill(shown, element("img", { src: URL.createObjectURL(file), alt: say("올린 사진", "The photo") }));
    for (const control of controls.querySelectorAll("input, button")) control.disabled = true;
    try {
      await upload(id, file);
      // Why a photo was not looked at stands in the job's log, which stays.
      if (await look(id, job)) changed(await read(id));
    } catch (problem) {
      shown.append(problemNotice(problem));
    } finally {
      for (const control of controls.querySelectorAll("input, button")) control.disabled = false;
    }
  };
  const controls = element("div", { class: "row" },
    element("label", { class: "field" }, element("span", {}, say("사진 (JPEG, PNG, WebP, 5 MB까지)", "Photo (JPEG, PNG, WebP, up to 5 MB)")),
      element("input", { type: "file", accept: TYPES, onchange: ({ target }) => target.files[0] && send(target.files[0]) })),
    element("button", { type: "button", class: "small", onclick: async () => send(await demoPhoto()) }, say("그린 그림으로 해 보기", "Try it with a drawn picture")),
    element("span", { class: "note" }, say(`${number(triesLeft)}번 남음`, `${number(triesLeft)} tries left`)));
  return element("div", { class: "stack tight" }, controls, shown, job);
}

/** Has the photo looked at, and waits for the end of it; says whether it was. */
async function look(id, place) {
  const { job } = await callForJson("POST", `/missions/assignments/${encodeURIComponent(id)}/verify`);
  const panel = new JobPanel(place, job, { failure: () => say("사진을 확인하지 못했습니다", "The photo was not looked at") });
  const last = await follow(job, panel);
  if (last.status === "failed") return false;
  panel.fold(say("사진을 보았습니다", "The photo was looked at"));
  return true;
}

async function read(id) {
  const { items } = await callForJson("GET", "/missions/mine");
  return items.find((each) => each.id === id);
}

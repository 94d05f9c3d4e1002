// The resume as a file: PDF in three templates, and JSON Resume.

import { byId, element, fill } from "../dom.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { call, callForJson } from "../session.js";
import { words } from "../words.js";
import { openedResume } from "./opened.js";

/** Draws the downloads of the open resume. */
export function drawFiles() {
  for (const event of ["maru:language", "maru:resume"]) document.addEventListener(event, draw);
}

function draw() {
  const resume = openedResume();
  if (!resume) return fill(byId("files"));
  const pdf = ([template, name]) => element("button", { type: "button", onclick: (event) => print(event, template) }, `PDF · ${name}`);
  fill(byId("files"), element("h3", {}, say("내려받기", "Downloads")),
    element("div", { class: "row" }, words("template").map(pdf), element("button", { type: "button", onclick: saveJson }, "JSON Resume")),
    element("div", { id: "file", role: "status" }));
}

/** The file's address is asked for with the access token, and then opened by the browser without it. */
async function print({ currentTarget: button }, template) {
  await telling(button, async () => {
    const { url } = await callForJson("GET", `/resumes/${openedResume().id}/pdf`, { query: { template } });
    const link = element("a", { href: url, rel: "noreferrer" }, say("내려받기가 시작되지 않으면 여기를 누르세요 (5분 동안 유효)", "Press here if the download does not begin (good for five minutes)"));
    fill(byId("file"), element("p", { class: "note" }, link));
    link.click();
  });
}

async function saveJson({ currentTarget: button }) {
  await telling(button, async () => {
    const answer = await call("GET", `/resumes/${openedResume().id}/json`);
    const address = URL.createObjectURL(await answer.blob());
    element("a", { href: address, download: "resume.json" }).click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    fill(byId("file"));
  });
}

async function telling(button, work) {
  button.disabled = true;
  fill(byId("file"), element("p", { class: "note" }, say("만드는 중…", "Working…")));
  try {
    await work();
  } catch (problem) {
    fill(byId("file"), problemNotice(problem));
  } finally {
    button.disabled = false;
  }
}

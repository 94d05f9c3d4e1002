// One public resume, and liking it.

import { documentView } from "../document/view.js";
import { byId, element, fill, tag } from "../dom.js";
import { number } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { counts, personName } from "./cards.js";

let resume = null;
let readBy;

/** Whether the resume is the reader's own. */
export function isOwnResume() {
  return resume?.mine ?? false;
}

/** Draws the resume with this id, and tells everyone who listens for `maru:detail` when it is read. */
export function drawDetail(id) {
  document.addEventListener("maru:commented", ({ detail: more }) => {
    resume.comments += more;
    draw();
  });
  drawForSession(async () => {
    const reader = who()?.id ?? null;
    if (resume && reader === readBy) return draw();
    readBy = reader;
    await read(id);
  });
}

async function read(id) {
  try {
    resume = await callForJson("GET", `/hub/resumes/${encodeURIComponent(id)}`);
    draw();
    document.dispatchEvent(new Event("maru:detail"));
  } catch (problem) {
    resume = null;
    fill(byId("detail"), problemNotice(problem));
  }
}

function draw() {
  const { id, title, owner, mine, document: written } = resume;
  fill(byId("detail"),
    element("header", { class: "card-head" },
      element("div", {}, element("h1", {}, title),
        element("p", { class: "note" }, personName(owner), mine ? [" ", tag(say("내 것", "Mine"), "accent")] : null), counts(resume)),
      element("div", { class: "row" }, likeButton(),
        mine ? element("a", { class: "button", href: `/resume?id=${encodeURIComponent(id)}` }, say("고치러 가기", "Change it")) : null)),
    element("div", { id: "like-problem" }),
    element("div", { class: "card" }, element("h2", { class: "unseen" }, say("이력서", "Resume")), documentView(written)));
}

function likeButton() {
  const { liked, likes } = resume;
  const text = say(`좋아요 ${number(likes)}`, `${number(likes)} likes`);
  return element("button", {
    type: "button", id: "like", class: "like", "aria-pressed": String(liked), disabled: !who(),
    title: who() ? null : say("로그인하면 할 수 있습니다", "Sign in to like it"), onclick: toggle,
  }, element("span", { "aria-hidden": "true" }, liked ? "♥ " : "♡ "), text);
}

/** The button answers at once; what the API says then stands. */
async function toggle() {
  const before = { liked: resume.liked, likes: resume.likes };
  show({ liked: !before.liked, likes: before.likes + (before.liked ? -1 : 1) });
  try {
    show(await callForJson(before.liked ? "DELETE" : "PUT", `/hub/resumes/${encodeURIComponent(resume.id)}/like`));
  } catch (problem) {
    show(before);
    fill(byId("like-problem"), problemNotice(problem));
  }
}

function show(like) {
  Object.assign(resume, like);
  draw();
  byId("like").focus();
}

// The interviews of whoever is signed in, and which of them is open. That stands in the address.

import { signInFirst } from "../account.js";
import { byId, element, fill } from "../dom.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { word } from "../words.js";
import { open, openedInterview } from "./opened.js";

let interviews = [];
let nextCursor = null;
let listedFor = null;
/** Counts the listings: an answer that comes after a later one is not shown. */
let turn = 0;

/** Draws the list, and opens the interview of the address. */
export function drawHistory() {
  for (const event of ["maru:language", "maru:interview"]) document.addEventListener(event, draw);
  document.addEventListener("maru:interviews", () => listFrom(""));
  addEventListener("popstate", () => open(ofAddress()));
  drawForSession(async () => {
    const visitor = who()?.id ?? null;
    fill(byId("sign-in-first"), visitor ? null : signInFirst(say(
      "로그인하면 질문이 저장되고, 답을 쓰고 채점받을 수 있습니다.", "Sign in to keep the questions, to answer them and to get feedback.")));
    if (visitor === listedFor) return;
    [listedFor, interviews, nextCursor] = [visitor, [], null];
    draw();
    if (visitor) await listFrom("");
    await open(visitor ? ofAddress() : null);
  });
}

/** Opens an interview and brings it to the reader; null closes the open one. */
export async function show(id) {
  history.pushState(null, "", id ? `/interview?id=${encodeURIComponent(id)}` : "/interview");
  await open(id);
  byId(id ? "opened-title" : "mine-title")?.focus();
}

/** Takes what is no longer there out of the list. */
export function removed(id) {
  interviews = interviews.filter((interview) => interview.id !== id);
  draw();
}

function ofAddress() {
  return new URLSearchParams(location.search).get("id");
}

async function listFrom(cursor) {
  const now = ++turn;
  try {
    const page = await callForJson("GET", "/interviews", { query: { limit: "10", cursor } });
    if (now !== turn) return;
    interviews = cursor ? interviews.concat(page.items) : page.items;
    nextCursor = page.nextCursor;
    draw();
    // The button for more is another one now; the reader goes on with what it brought.
    if (cursor) byId("interviews").querySelectorAll(".pick")[interviews.length - page.items.length]?.focus();
  } catch (problem) {
    if (now === turn) fill(byId("interviews"), problemNotice(problem));
  }
}

function draw() {
  byId("mine").hidden = !listedFor;
  const current = openedInterview();
  // Of the open one it is known how many questions were deleted meanwhile.
  const items = interviews.map((listed) => item(listed, listed.id === current?.id ? current : null));
  const more = element("button", { type: "button", class: "small", onclick: () => listFrom(nextCursor) }, say("더 보기", "More"));
  fill(byId("interviews"),
    interviews.length ? element("ul", { class: "cards" }, items) : null,
    nextCursor ? element("p", { class: "row after" }, more) : null,
    interviews.length || nextCursor ? null : element("p", { class: "empty" }, say("아직 면접이 없습니다. 위에서 질문을 받아 보세요.", "There is no interview yet. Get some questions above.")));
}

function item({ id, job, sections, questionCount, createdAt }, opened) {
  const count = opened?.questionCount ?? questionCount;
  return element("li", {}, element("button", { type: "button", class: "pick", "aria-current": String(opened !== null), onclick: () => show(id) },
    element("span", { class: "strong" }, word("job", job)),
    element("small", {}, sections.map(({ category }) => word("category", category)).join(", ")),
    element("small", {}, say(`질문 ${count}개 · `, `${count} questions · `), moment(createdAt))));
}

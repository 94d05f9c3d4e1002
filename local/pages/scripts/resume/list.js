// The resumes of whoever is signed in, and which of them is open. That stands in the address.

import { byId, element, fill, tag } from "../dom.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { word } from "../words.js";
import { open, openedResume } from "./opened.js";

let resumes = [];
let nextCursor = null;
let listedFor = null;

/** Draws the list, and opens the resume of the address, else the newest. */
export function drawList() {
  for (const event of ["maru:language", "maru:resume"]) document.addEventListener(event, draw);
  addEventListener("popstate", () => open(ofAddress()));
  drawForSession(async () => {
    const visitor = who()?.id ?? null;
    if (visitor === listedFor) return;
    [listedFor, resumes, nextCursor] = [visitor, [], null];
    if (visitor) await listFrom("");
    await open(visitor ? ofAddress() || resumes[0]?.id : null);
  });
}

/** Lists anew and opens a resume; none shows the newest. */
export async function show(id) {
  await listFrom("");
  await choose(id ?? resumes[0]?.id ?? null);
}

async function choose(id) {
  history.pushState(null, "", id ? `/resume?id=${id}` : "/resume");
  await open(id);
}

function ofAddress() {
  return new URLSearchParams(location.search).get("id");
}

async function listFrom(cursor) {
  try {
    const page = await callForJson("GET", "/resumes", { query: { limit: "10", cursor } });
    resumes = cursor ? resumes.concat(page.items) : page.items;
    nextCursor = page.nextCursor;
    draw();
  } catch (problem) {
    fill(byId("resumes"), problemNotice(problem));
  }
}

function draw() {
  const current = openedResume();
  const items = resumes.map((listed) => item(listed.id === current?.id ? current : listed, listed.id === current?.id));
  const more = element("button", { type: "button", class: "small", onclick: () => listFrom(nextCursor) }, say("더 보기", "More"));
  fill(byId("resumes"), resumes.length
    ? [element("ul", { class: "cards" }, items), nextCursor ? more : null]
    : element("p", { class: "empty" }, say("아직 이력서가 없습니다. 위에서 저장소를 골라 만들어 보세요.", "There is no resume yet. Pick repositories above to have one written.")));
}

function item({ id, title, visibility, position, template, version, updatedAt }, isOpen) {
  return element("li", {}, element("button", { type: "button", class: "pick", "aria-current": String(isOpen), onclick: () => choose(id) },
    element("span", { class: "strong" }, title), visibility === "PUBLIC" ? tag(say("공개", "Public"), "good") : tag(say("비공개", "Private")),
    element("small", {}, `${word("position", position)} · ${word("template", template)} · v${version} · ${moment(updatedAt, { dateStyle: "medium" })}`)));
}

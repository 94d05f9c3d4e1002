// The list of public resumes.

import { byId, element, fill, tag } from "../dom.js";
import { moment, number } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { word } from "../words.js";
import { filters } from "./filters.js";

let cards = [];
let nextCursor = null;
/** Counts the listings: an answer that comes after a later one is not shown. */
let turn = 0;

/** Draws the list, and again when the filters or who looks at it change. */
export function drawCards() {
  document.addEventListener("maru:filters", list);
  drawForSession(list);
}

function list() {
  return listFrom("");
}

async function listFrom(cursor) {
  const now = ++turn;
  const chosen = filters();
  // A guest likes nothing.
  if (!who()) chosen.liked = "";
  try {
    const page = await callForJson("GET", "/hub/resumes", { query: { ...chosen, limit: "12", cursor } });
    if (now !== turn) return;
    cards = cursor ? cards.concat(page.items) : page.items;
    nextCursor = page.nextCursor;
    draw();
  } catch (problem) {
    if (now === turn) fill(byId("cards"), problemNotice(problem));
  }
}

function draw() {
  const more = element("button", { type: "button", onclick: () => listFrom(nextCursor) }, say("더 보기", "More"));
  const text = say(`${number(cards.length)}개`, `${number(cards.length)} resumes`);
  byId("found").textContent = nextCursor ? say(`${text} 이상`, `${text} and more`) : text;
  fill(byId("cards"),
    cards.length ? element("ul", { class: "hub-cards" }, cards.map(card)) : null,
    // A page can be empty and yet have one behind it.
    nextCursor ? element("p", { class: "row after" }, more) : null,
    cards.length || nextCursor ? null : element("p", { class: "empty" }, say("이런 이력서는 아직 없습니다.", "There is no such resume yet.")));
}

function card(resume) {
  const { id, title, position, schoolTypes, owner, mine } = resume;
  return element("li", { class: "card" },
    element("a", { class: "card-link", href: `/hub?resume=${encodeURIComponent(id)}` }, title),
    element("p", { class: "note" }, personName(owner), mine ? [" ", tag(say("내 것", "Mine"), "accent")] : null),
    element("p", { class: "row" }, tag(word("position", position), "accent"), schoolTypes.map((type) => tag(word("schoolType", type)))),
    counts(resume));
}

/** The counts of a resume, and since when it is public. */
export function counts({ likes, views, comments, liked, publishedAt }) {
  return element("p", { class: "facts" },
    element("span", { class: liked ? "liked" : null }, `${liked ? "♥" : "♡"} `, count(say("좋아요", "Likes"), likes)),
    element("span", {}, count(say("조회", "Views"), views)), element("span", {}, count(say("댓글", "Comments"), comments)),
    element("span", {}, moment(publishedAt, { dateStyle: "medium" })));
}

/** What somebody is called. */
export function personName({ nickname }) {
  return nickname ?? say("이름 없는 회원", "A member without a name");
}

function count(name, value) {
  return `${name} ${number(value)}`;
}

// Who has most points, and where one stands.

import { byId, element, fill } from "../dom.js";
import { number } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession } from "../session.js";

let page = null;

/** Draws the ranking. */
export function drawRanking() {
  document.addEventListener("maru:points", read);
  drawForSession(read);
}

async function read() {
  try {
    page = await callForJson("GET", "/rankings", { query: { limit: "10" } });
    draw();
  } catch (problem) {
    fill(byId("ranking"), problemNotice(problem));
  }
}

function draw() {
  const { items, me } = page;
  fill(byId("ranking"),
    me ? element("p", { class: "notice" }, standing(me), element("progress", { max: 100, value: me.progress, "aria-label": say("다음 단계까지", "To the next level") })) : null,
    items.length ? element("ol", { class: "lines" }, items.map(line)) : element("p", { class: "empty" }, say("아직 아무도 점수가 없습니다.", "Nobody has points yet.")));
}

function standing({ rank, points, level }) {
  const place = rank ? say(`${number(rank)}위 · `, `No. ${number(rank)} · `) : "";
  return say(`${place}${number(points)}점 · ${number(level)}단계`, `${place}${number(points)} points · level ${number(level)}`);
}

function line({ rank, nickname, points, level, mine }) {
  return element("li", { class: mine ? "mine" : null },
    element("span", {}, `${number(rank)}. `, element("span", { class: "strong" }, nickname ?? say("이름 없는 회원", "A member without a name"))),
    element("span", { class: "note" }, say(`${number(points)}점 · ${number(level)}단계`, `${number(points)} points · level ${number(level)}`)));
}

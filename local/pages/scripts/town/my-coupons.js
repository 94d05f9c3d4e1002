// Coupons that one has, and using them.

import { byId, element, fill, tag } from "../dom.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { off } from "./coupons.js";

let claims = [];

/** Draws one's own coupons. */
export function drawMyCoupons() {
  drawForSession(listMine);
}

/** Reads them again. */
export async function listMine() {
  byId("my-coupons").hidden = !who();
  if (!who()) return;
  try {
    claims = (await callForJson("GET", "/me/coupons", { query: { limit: "50" } })).items;
    draw();
  } catch (problem) {
    fill(byId("my-coupons"), problemNotice(problem));
  }
}

function draw() {
  fill(byId("my-coupons"), element("h3", {}, say("내 쿠폰", "My coupons")),
    claims.length ? element("ul", { class: "lines" }, claims.map(line)) : element("p", { class: "note" }, say("아직 없습니다.", "None yet.")),
    element("div", { id: "claim-problem" }));
}

function line({ id, name, discount, state, usedAt, closesAt }) {
  const use = async ({ currentTarget: button }) => {
    button.disabled = true;
    try {
      const used = await callForJson("POST", `/me/coupons/${encodeURIComponent(id)}/use`);
      claims = claims.map((each) => (each.id === id ? used : each));
      draw();
    } catch (problem) {
      draw();
      fill(byId("claim-problem"), problemNotice(problem));
    }
  };
  const end = { used: () => tag(say("사용함", "Used"), "good"), expired: () => tag(say("기간 지남", "Expired")) }[state];
  return element("li", {},
    element("div", {}, element("p", {}, element("span", { class: "strong" }, name), " ", tag(off(discount), "accent")),
      element("p", { class: "note" }, usedAt ? moment(usedAt) : say(`${moment(closesAt)}까지`, `until ${moment(closesAt)}`))),
    end ? end() : element("button", { type: "button", class: "small", onclick: use }, say("사용하기", "Use it")));
}

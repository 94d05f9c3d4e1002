// Coupons that can be claimed, now or later.

import { byId, element, fill, tag } from "../dom.js";
import { moment, number, won } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { drawCouponForm } from "./coupon-form.js";
import { drawMyCoupons, listMine } from "./my-coupons.js";

let coupons = [];
let nextCursor = null;
let turn = 0;

/** Draws the coupons, one's own, and for admins the form for a new one. */
export function drawCoupons() {
  document.addEventListener("maru:coupons", list);
  drawForSession(list);
  drawMyCoupons();
  drawCouponForm();
}

/** What a coupon takes off, in words. */
export function off({ kind, value }) {
  const amount = kind === "PERCENTAGE" ? `${number(value)}%` : won(value);
  return say(`${amount} 할인`, `${amount} off`);
}

function list() {
  return listFrom("");
}

async function listFrom(cursor) {
  const now = ++turn;
  try {
    const page = await callForJson("GET", "/coupons", { query: { limit: "20", cursor } });
    if (now !== turn) return;
    coupons = cursor ? coupons.concat(page.items) : page.items;
    nextCursor = page.nextCursor;
    draw();
  } catch (problem) {
    if (now === turn) fill(byId("coupons"), problemNotice(problem));
  }
}

function draw() {
  fill(byId("coupons"),
    coupons.length ? element("ul", { class: "lines" }, coupons.map(line)) : element("p", { class: "empty" },
      say("쿠폰이 없습니다. 데모 관리자로 로그인하면 만들 수 있습니다.", "There is no coupon. The demo admin can make one.")),
    nextCursor ? element("button", { type: "button", class: "small", onclick: () => listFrom(nextCursor) }, say("더 보기", "More")) : null,
    element("p", { class: "row after" }, element("button", { type: "button", class: "small", onclick: list }, say("새로 읽기", "Read again"))),
    element("div", { id: "coupon-problem" }));
}

function line(coupon) {
  const { name, discount, stock, opensAt, closesAt, condition } = coupon;
  return element("li", {},
    element("div", {}, element("p", {}, element("span", { class: "strong" }, name), " ", tag(off(discount), "accent"), " ",
      condition === "MISSION_TODAY" ? tag(say("오늘 미션을 한 사람", "After a mission of today"), "warn") : null),
      element("p", { class: "facts" }, element("span", {}, say(`${number(stock)}장`, `${number(stock)} pieces`)), element("span", {}, `${moment(opensAt)} – ${moment(closesAt)}`))),
    claimButton(coupon));
}

function claimButton({ id, state, left, claimed }) {
  const text = claimed ? say("받음", "Yours") : state === "coming" ? say("곧 열림", "Opens soon") : left === "none" ? say("다 나감", "All gone") : say("받기", "Claim");
  const claim = async ({ currentTarget: button }) => {
    button.disabled = true;
    try {
      await callForJson("POST", `/coupons/${encodeURIComponent(id)}/claims`);
      coupons = coupons.map((each) => (each.id === id ? { ...each, claimed: true } : each));
      draw();
      await listMine();
    } catch (problem) {
      draw();
      fill(byId("coupon-problem"), problemNotice(problem));
    }
  };
  return element("button", { type: "button", class: claimed ? null : "primary", disabled: claimed || !who(), title: who() ? null : say("로그인하면 받을 수 있습니다", "Sign in to claim it"), onclick: claim }, text);
}

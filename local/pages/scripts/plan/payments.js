// What was paid, the newest first.

import { byId, element, fill, table, tag } from "../dom.js";
import { day, dayBefore, moment, won } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { word } from "../words.js";

const TONES = { paid: "good", partly_refunded: "warn", refunded: "warn" };

let payments = [];
let nextCursor = null;

/** Draws the list, and again when a plan was paid for. */
export function drawPayments() {
  document.addEventListener("maru:billing", () => listFrom(""));
  document.addEventListener("maru:session", () => ([payments, nextCursor] = [[], null]));
  drawForSession(draw);
}

async function listFrom(cursor) {
  if (!who()) return;
  try {
    const page = await callForJson("GET", "/billing/payments", { query: { limit: "12", cursor } });
    payments = cursor ? payments.concat(page.items) : page.items;
    nextCursor = page.nextCursor;
    draw();
  } catch (problem) {
    fill(byId("payments"), problemNotice(problem));
  }
}

function draw() {
  const columns = [{ name: say("결제한 때", "Paid at") }, { name: say("기간", "Period") }, { name: say("상태", "State") }, { name: say("금액", "Amount"), number: true }];
  const more = element("button", { type: "button", class: "small", onclick: () => listFrom(nextCursor) }, say("더 보기", "More"));
  fill(byId("payments"),
    payments.length ? table(columns, payments.map(row)) : element("p", { class: "empty" }, say("아직 결제한 적이 없습니다.", "Nothing was paid yet.")),
    nextCursor ? more : null);
}

function row({ orderId, amount, refunded, state, periodStart, periodEnd, paidAt }) {
  return [
    [moment(paidAt), element("div", { class: "note" }, element("code", {}, orderId))],
    `${day(periodStart, "medium")} – ${day(dayBefore(periodEnd), "medium")}`,
    tag(word("payment", state), TONES[state] ?? ""),
    [won(amount), refunded ? element("div", { class: "note" }, say(`환불 ${won(refunded)}`, `${won(refunded)} refunded`)) : null],
  ];
}

// Making a coupon, for admins.

import { byId, element, fill } from "../dom.js";
import { choice, field, submitting, toggle } from "../fields.js";
import { say } from "../language.js";
import { local } from "../maru.js";
import { callForJson, drawForSession, who } from "../session.js";

/** A minute, in milliseconds. */
const MINUTE = 60_000;

/** Draws the form for an admin, and nothing for others. */
export function drawCouponForm() {
  drawForSession(draw);
}

function draw() {
  const isAdmin = who()?.roles.includes("ADMIN") ?? false;
  byId("coupon-form").hidden = !isAdmin;
  fill(byId("coupon-form"), isAdmin ? [element("h3", {}, say("쿠폰 만들기", "Make a coupon")), submitting(say("만들기", "Make it"), [
    field(say("이름", "Name"), { name: "name", maxlength: 50, required: true, value: say("비 오는 날 커피", "A coffee on a rainy day") }),
    choice(say("할인", "Discount"), [["PERCENTAGE", "%"], ["FIXED", say("원", "KRW")]], { name: "kind", value: "PERCENTAGE" }),
    field(say("얼마나", "How much"), { name: "value", type: "number", min: 1, max: 1_000_000, required: true, value: 20 }),
    field(say("몇 장", "Pieces"), { name: "stock", type: "number", min: 1, max: 1_000_000, required: true, value: 100 }),
    field(say("몇 분 뒤에 여나", "Opens in so many minutes"), { name: "opens", type: "number", min: 0, max: 10_000, required: true, value: 0 }),
    field(say("몇 분 동안 여나", "For so many minutes"), { name: "lasts", type: "number", min: 1, max: 100_000, required: true, value: 60 }),
    toggle(say("오늘 미션을 한 사람만", "Only after a mission of today"), { name: "condition" }),
  ], make)] : null);
}

/** Its times are those of the stack's clock, which may have been moved. */
async function make({ name, kind, value, stock, opens, lasts, condition }) {
  const now = Date.parse((await local("/_local/clock")).now);
  const opensAt = now + Number(opens) * MINUTE;
  const body = {
    name,
    discount: { kind, value: Number(value) },
    stock: Number(stock),
    opensAt: new Date(opensAt).toISOString(),
    closesAt: new Date(opensAt + Number(lasts) * MINUTE).toISOString(),
  };
  if (condition) body.condition = "MISSION_TODAY";
  await callForJson("POST", "/admin/coupons", { body });
  document.dispatchEvent(new Event("maru:coupons"));
}

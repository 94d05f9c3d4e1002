// The present plan: what it gives, what is paid for it and when, and the buttons that change it.

import { signInFirst } from "../account.js";
import { byId, element, fill, tag } from "../dom.js";
import { day, dayBefore, moment, number, won } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { repeat } from "../repeat.js";
import { drawForSession, ready, who } from "../session.js";
import { word } from "../words.js";
import { checkOut, endSubscription, knownBilling, readBilling } from "./billing.js";

/** What PRO costs a month, in KRW. */
const PRICE = 19_900;

/** How often it looks whether a night has changed something, in milliseconds. */
const PAUSE = 4000;

/** Draws the plan and keeps it up to date. */
export function drawCurrent() {
  document.addEventListener("maru:billing", () => {
    fill(byId("plan-problem"));
    draw();
  });
  drawForSession(() => {
    byId("plan").hidden = !who();
    fill(byId("sign-in-first"), who() ? null : signInFirst(say("로그인하면 요금제를 볼 수 있습니다.", "Sign in to see your plan.")));
    draw();
  });
  document.addEventListener("maru:session", look);
  ready.then(() => repeat(PAUSE, look));
}

/** A reading that fails is told only where there is nothing older to show. */
async function look() {
  try {
    await readBilling();
  } catch (problem) {
    if (!knownBilling()) fill(byId("current"), problemNotice(problem));
  }
}

function draw() {
  const billing = knownBilling();
  if (!billing) return fill(byId("current"));
  const { plan, credits, subscription } = billing;
  const goesOn = ["active", "past_due"].includes(subscription?.status);
  fill(byId("current"),
    element("p", { class: "row plan-name" }, element("strong", {}, plan),
      subscription ? tag(word("subscription", subscription.status), TONES[subscription.status]) : null),
    element("p", {}, creditsLine(credits)),
    subscription ? subscriptionLines(subscription) : null,
    element("div", { class: "row after" },
      plan === "FREE" ? button("primary", say(`PRO 시작하기 ${won(PRICE)}/월`, `Start PRO, ${won(PRICE)} a month`), buy) : null,
      goesOn ? button("danger", say("구독 해지", "End the subscription"), end) : null));
}

const TONES = { active: "good", ending: "warn", past_due: "bad", ended: "" };

function creditsLine({ limit, used, resetsAt }) {
  if (limit === null) return say("AI 사용에 제한이 없습니다.", "AI without limit.");
  const at = moment(resetsAt);
  return say(`오늘 AI를 ${number(limit)}번 가운데 ${number(used)}번 썼습니다. ${at}에 새로 채워집니다.`,
    `${number(used)} of today’s ${number(limit)} AI uses are used. There are new ones from ${at} on.`);
}

function subscriptionLines({ status, price, periodStart, periodEnd, nextChargeOn, endsOn }) {
  const charge = nextChargeOn && say(`${day(nextChargeOn)} 0시에 ${won(price)}`, `${won(price)} on ${day(nextChargeOn)} at midnight`);
  const lines = {
    active: [[say("다음 결제", "Next payment"), charge]],
    past_due: [[say("다시 결제", "Tried again"), charge],
      [say("할 일", "To do"), say("결제하지 못했습니다. 카카오페이의 결제 수단을 확인해 주세요. 다시 결제하는 동안은 PRO입니다.", "The payment failed. Please look after your means of payment at KakaoPay. It stays PRO while it is tried again.")]],
    ending: [[say("끝나는 날", "Ends"), endsOn && say(`${lastDay(endsOn)}까지 PRO입니다. 더 결제하지 않습니다.`, `PRO up to and including ${lastDay(endsOn)}. Nothing more is charged.`)]],
    ended: [],
  };
  const paid = status === "past_due" ? [] : [[say("결제한 기간", "Paid for"), `${day(periodStart)} – ${lastDay(periodEnd)}`]];
  const shown = [...paid, ...(lines[status] ?? [])].filter(([, text]) => text);
  return element("dl", { class: "terms" }, shown.map(([name, text]) => element("div", {}, element("dt", {}, name), element("dd", {}, text))));
}

function lastDay(end) {
  return day(dayBefore(end));
}

function button(kind, text, act) {
  const press = async ({ currentTarget: pressed }) => {
    pressed.disabled = true;
    fill(byId("plan-problem"));
    try {
      await act();
    } catch (problem) {
      await look();
      fill(byId("plan-problem"), problemNotice(problem));
    } finally {
      pressed.disabled = false;
    }
  };
  return element("button", { type: "button", class: kind, onclick: press }, text);
}

async function buy() {
  location.assign(await checkOut());
}

async function end() {
  const { status, periodEnd } = knownBilling().subscription;
  const question = status === "past_due"
    ? say("결제하지 못한 구독이라 지금 바로 FREE가 됩니다. 해지할까요?", "The last payment failed, so the plan becomes FREE now. End the subscription?")
    : say(`${lastDay(periodEnd)}까지는 PRO이고, 그 뒤로는 결제하지 않습니다. 해지할까요?`, `It stays PRO up to and including ${lastDay(periodEnd)}, and nothing is charged after that. End the subscription?`);
  if (confirm(question)) await endSubscription();
}

// The stack's clock moved from midnight to midnight, and the ways into KakaoPay's sandbox.

import { byId, element, fill } from "../dom.js";
import { day, moment, seoulDay } from "../form.js";
import { drawInLanguage, say } from "../language.js";
import { local } from "../maru.js";
import { problemNotice } from "../notices.js";
import { repeat } from "../repeat.js";
import { sandbox } from "../sandbox.js";
import { knownBilling, readBilling } from "./billing.js";

const DAY = 24 * 3600 * 1000;

/** A login that is not used for 14 days is over: a longer way is gone in steps, with a request after each. */
const STEP = 13 * DAY;

/** How often the clock is read, in milliseconds. */
const PAUSE = 10_000;

/** What the clock showed last; null while not known. */
let now = null;

/** Draws the clock and what moves it. */
export function drawNights() {
  document.addEventListener("maru:billing", draw);
  drawInLanguage(draw);
  repeat(PAUSE, readClock);
}

async function readClock() {
  try {
    show(await local("/_local/clock"));
  } catch (problem) {
    fill(byId("nights"), problemNotice(problem));
  }
}

/** Shows another time; what depends on the day is drawn only when that is another, too. */
function show(clock) {
  const sameDay = now && seoulDay(new Date(now)) === seoulDay(new Date(clock.now));
  ({ now } = clock);
  if (sameDay && byId("nights-clock")) byId("nights-clock").textContent = moment(now);
  else draw();
}

function draw() {
  if (!now) return;
  const tomorrow = seoulDay(new Date(Date.parse(now) + DAY));
  const { nextChargeOn, endsOn } = knownBilling()?.subscription ?? {};
  const due = nextChargeOn ?? endsOn;
  const focused = document.activeElement?.id;
  fill(byId("nights"),
    element("p", { class: "after" }, say("지금 시계: ", "The clock now: "), element("strong", { id: "nights-clock" }, moment(now)), say(" (서울)", " (Seoul)")),
    element("div", { class: "row after", role: "group", "aria-label": say("시계를 앞으로", "Move the clock forward") },
      mover("hour", say("1시간 뒤로", "One hour on"), () => local("/_local/clock", { advanceSeconds: 3600 })),
      mover("midnight", say("다음 자정으로", "To the next midnight"), () => goTo(tomorrow)),
      due > tomorrow ? mover("due", say(`${day(due)} 자정으로`, `To the midnight of ${day(due)}`), () => goTo(due)) : null),
    element("p", { class: "after" }, say("카카오페이 샌드박스: ", "KakaoPay’s sandbox: "),
      element("a", { href: sandbox("kakaopay", "/wallet"), target: "_blank" }, say("지갑 (다음 결제가 어떻게 될지)", "the wallet (how later payments go)")), " · ",
      element("a", { href: sandbox("kakaopay", "/books"), target: "_blank" }, say("장부", "its books"))),
    element("p", { class: "note after" }, say("실패한 결제는 1, 3, 5, 7일 뒤 자정에 다시 하고 그때마다 알립니다. 그래도 안 되면 FREE가 됩니다.",
      "A payment that fails is tried again 1, 3, 5 and 7 days later, with a notification each time; then the plan becomes FREE.")));
  if (focused?.startsWith("move-")) byId(focused)?.focus();
}

function mover(name, text, work) {
  const press = async ({ currentTarget: pressed }) => {
    pressed.disabled = true;
    try {
      show(await work());
    } catch (problem) {
      fill(byId("plan-problem"), problemNotice(problem));
    } finally {
      pressed.disabled = false;
      // It may have been drawn anew.
      byId(pressed.id)?.focus();
    }
  };
  return element("button", { type: "button", id: `move-${name}`, onclick: press }, text);
}

/** Moves the clock to the midnight with which a day begins in Seoul. */
async function goTo(text) {
  const end = Date.parse(`${text}T00:00:00+09:00`);
  let at = Date.parse(now);
  let clock;
  do {
    at = Math.min(at + STEP, end);
    clock = await local("/_local/clock", { now: new Date(at).toISOString() });
    await readBilling();
  } while (at < end);
  return clock;
}

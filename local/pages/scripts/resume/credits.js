// How many AI uses are left today.

import { byId, element, fill, tag } from "../dom.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { callForJson, drawForSession, who } from "../session.js";

let credits = null;

/** Draws the line and keeps it up to date: whoever uses one tells `maru:credits`. */
export function drawCredits() {
  document.addEventListener("maru:credits", load);
  drawForSession(load);
}

/** Says, when there is no more, that there is no more and when there will be. */
function creditsNotice() {
  if (!credits?.limit || credits.used < credits.limit) return null;
  return element("p", { class: "notice warn" }, say(
    `오늘의 AI 사용 ${credits.limit}번을 다 썼습니다. ${moment(credits.resetsAt)}에 다시 채워집니다. 직접 고치기, PDF, 공유는 지금도 할 수 있습니다.`,
    `Today’s ${credits.limit} AI uses are used up. There are new ones from ${moment(credits.resetsAt)} on. Settings, PDF and sharing work all the same.`),
  " ", element("a", { href: "/plan" }, say("PRO는 제한이 없습니다.", "PRO has no limit.")));
}

async function load() {
  credits = who() ? await callForJson("GET", "/credits").catch(() => null) : null;
  draw();
}

function draw() {
  fill(byId("credits"), credits ? line() : null);
  fill(byId("credits-notice"), creditsNotice());
}

function line() {
  const { limit, used, resetsAt } = credits;
  if (limit === null) return tag(say("AI 사용 제한 없음", "Unlimited AI uses"), "good");
  const left = Math.max(limit - used, 0);
  return [tag(say(`오늘 남은 AI 사용 ${left} / ${limit}`, `${left} of ${limit} AI uses left today`), left ? "good" : "warn"),
    element("span", { class: "note" }, say(` ${moment(resetsAt, { timeStyle: "short" })}에 새로 채워집니다`, ` New ones at ${moment(resetsAt, { timeStyle: "short" })}`))];
}

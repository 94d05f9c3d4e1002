// The notifications of whoever is signed in.

import { signInFirst } from "../account.js";
import { byId, element, fill } from "../dom.js";
import { day, moment, won } from "../form.js";
import { language, say } from "../language.js";
import { problemNotice } from "../notices.js";
import { call, callForJson, drawForSession, who } from "../session.js";

let notifications = [];
let nextCursor = null;

/** Draws the list, and lets it be filtered and marked. */
export function drawInbox() {
  byId("unread").addEventListener("change", () => listFrom(""));
  byId("read-all").addEventListener("click", readAll);
  drawForSession(() => {
    byId("inbox").hidden = !who();
    fill(byId("sign-in-first"), who() ? null : signInFirst(say("로그인하면 내 이력서의 소식을 볼 수 있습니다.", "Sign in to hear of your resumes.")));
    if (who()) listFrom("");
  });
}

async function listFrom(cursor) {
  try {
    const unread = byId("unread").checked ? "true" : "";
    const page = await callForJson("GET", "/notifications", { query: { unread, limit: "20", cursor } });
    notifications = cursor ? notifications.concat(page.items) : page.items;
    nextCursor = page.nextCursor;
    draw();
  } catch (problem) {
    fill(byId("notifications"), problemNotice(problem));
  }
}

async function readAll() {
  try {
    await call("POST", "/notifications/read-all");
    tellOfReading();
    await listFrom("");
  } catch (problem) {
    fill(byId("notifications"), problemNotice(problem));
  }
}

function draw() {
  const more = element("button", { type: "button", class: "small", onclick: () => listFrom(nextCursor) }, say("더 보기", "More"));
  fill(byId("notifications"),
    notifications.length ? element("ul", { class: "notifications" }, notifications.map(item))
      : element("p", { class: "empty" }, say("알림이 없습니다.", "There is nothing to hear.")),
    nextCursor ? more : null);
}

function item(notification) {
  const { id, read, updatedAt } = notification;
  const mark = (isRead) => async () => {
    try {
      const marked = await callForJson("PATCH", `/notifications/${id}`, { body: { read: isRead } });
      notifications = notifications.map((each) => (each.id === id ? marked : each));
      tellOfReading();
      draw();
      byId(`mark-${id}`).focus();
    } catch (problem) {
      fill(byId("notifications"), problemNotice(problem));
    }
  };
  return element("li", { class: read ? "read" : "unread" },
    element("div", {}, told(notification),
      element("p", { class: "note" }, read ? null : say("안 읽음 · ", "Unread · "), moment(updatedAt))),
    element("button", { type: "button", class: "small", id: `mark-${id}`, onclick: mark(!read) }, read ? say("안 읽음으로", "Mark as unread") : say("읽음으로", "Mark as read")));
}

/** What it says, with the way to what it is about: a resume, the weather, or else payments. */
function told(notification) {
  const { kind, resumeId } = notification;
  const other = kind === "WEATHER_ALERT" ? "/town" : "/plan";
  return element("a", { href: resumeId ? `/hub?resume=${encodeURIComponent(resumeId)}` : other }, sentence(notification));
}

/** The API has the sentence in Korean. */
function sentence(notification) {
  return language() === "en" ? SENTENCES[notification.kind](notification) : notification.message;
}

const SENTENCES = {
  LIKE: (act) => `${people(act)} ${act.count === 1 ? "likes" : "like"} “${act.resumeTitle}”.`,
  COMMENT: (act) => `${people(act)} commented on “${act.resumeTitle}”.`,
  PAYMENT_RECEIVED: ({ amount, paidThrough }) => `${won(amount)} for PRO was paid. It lasts until ${day(paidThrough)}.`,
  PAYMENT_DECLINED: ({ amount, retryOn }) => `${won(amount)} for PRO could not be charged. The next try is on ${day(retryOn)}: look at your means of payment at KakaoPay.`,
  PLAN_ENDED: ({ because }) => `${REASONS[because]} You are on FREE now.`,
  PAYMENT_REFUNDED: ({ amount }) => `${won(amount)} for PRO was refunded.`,
  WEATHER_ALERT: ({ message }) => message,
};

const REASONS = {
  ASKED: "PRO ended, as you asked.",
  DECLINED: "PRO ended: the last try to charge it was declined.",
  GIVEN_UP_AT_KAKAOPAY: "PRO ended: the recurring payment was ended at KakaoPay.",
};

function people({ actorNickname, count }) {
  const others = count - 1;
  return actorNickname ? `${actorNickname}${others ? ` and ${others} more` : ""}` : `${count} ${count === 1 ? "member" : "members"}`;
}

/** The bell counts anew. */
function tellOfReading() {
  document.dispatchEvent(new Event("maru:read"));
}

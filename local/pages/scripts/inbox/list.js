// The notifications of whoever is signed in.

import { signInFirst } from "../account.js";
import { byId, element, fill } from "../dom.js";
import { moment } from "../form.js";
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
  const { id, resumeId, read, updatedAt } = notification;
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
    element("div", {}, element("a", { href: `/hub?resume=${encodeURIComponent(resumeId)}` }, sentence(notification)),
      element("p", { class: "note" }, read ? null : say("안 읽음 · ", "Unread · "), moment(updatedAt))),
    element("button", { type: "button", class: "small", id: `mark-${id}`, onclick: mark(!read) }, read ? say("안 읽음으로", "Mark as unread") : say("읽음으로", "Mark as read")));
}

/** The API has the sentence in Korean. */
function sentence({ kind, actorNickname, count, resumeTitle, message }) {
  if (language() !== "en") return message;
  const others = count - 1;
  const who = actorNickname ? `${actorNickname}${others ? ` and ${others} more` : ""}` : `${count} ${count === 1 ? "member" : "members"}`;
  const does = kind === "LIKE" ? (count === 1 ? "likes" : "like") : "commented on";
  return `${who} ${does} “${resumeTitle}”.`;
}

/** The bell counts anew. */
function tellOfReading() {
  document.dispatchEvent(new Event("maru:read"));
}

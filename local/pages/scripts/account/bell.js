// How many notifications are unread, with the way to them.

import { element, fill } from "../dom.js";
import { drawInLanguage, say } from "../language.js";
import { repeat } from "../repeat.js";
import { callForJson, ready, who } from "../session.js";

/** More than so many are not counted. */
const MOST = 9;

/** How often it looks, in milliseconds. */
const PAUSE = 10_000;

let unread = 0;

/** The bell, which takes care of itself; nobody sees it who is not signed in. */
export function bell() {
  const link = element("a", { class: "button bell", href: "/inbox", hidden: true });
  const draw = () => {
    link.hidden = !who();
    const count = unread > MOST ? `${MOST}+` : String(unread);
    fill(link, say("알림", "Inbox"), unread
      ? [element("span", { class: "count", "aria-hidden": "true" }, count), element("span", { class: "unseen" }, say(` (안 읽음 ${count})`, ` (${count} unread)`))]
      : null);
  };
  const look = async () => {
    unread = who() ? await count().catch(() => unread) : 0;
    draw();
  };
  drawInLanguage(draw);
  for (const event of ["maru:session", "maru:read"]) document.addEventListener(event, look);
  ready.then(() => repeat(PAUSE, look));
  return link;
}

async function count() {
  const { items } = await callForJson("GET", "/notifications", { query: { unread: "true", limit: String(MOST + 1) } });
  return items.length;
}

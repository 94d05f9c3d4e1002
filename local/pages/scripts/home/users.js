// The demo users, and their access tokens to copy.

import { byId, element, fill } from "../dom.js";
import { drawInLanguage, say } from "../language.js";
import { accountOf, demoTokens, demoUsers } from "../maru.js";
import { problemNotice } from "../notices.js";

/** Draws the users. */
export async function drawUsers() {
  try {
    const tokens = await demoTokens();
    drawInLanguage(() => fill(byId("users"), demoUsers().map(([key, ...words]) => user(key, accountOf(tokens[key]), ...words))));
  } catch (problem) {
    fill(byId("users"), problemNotice(problem));
  }
}

function user(key, account, name, who) {
  const copy = async ({ currentTarget: button }) => {
    // A new one: the clock may have been moved past the end of the first.
    await navigator.clipboard.writeText((await demoTokens(true))[key]);
    button.textContent = say("복사됨", "Copied");
    setTimeout(() => (button.textContent = say("토큰 복사", "Copy token")), 1500);
  };
  return element("div", { class: "user" },
    element("span", {}, element("span", { class: "strong" }, name), " ", element("code", { class: "note" }, account)),
    element("span", { class: "note" }, who),
    element("button", { type: "button", "aria-label": say(`${name} 토큰 복사`, `Copy the token of ${name}`), onclick: copy }, say("토큰 복사", "Copy token")));
}

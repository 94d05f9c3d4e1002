// The demo users, and their access tokens to copy.

import { byId, element, fill } from "../dom.js";
import { drawInLanguage, say } from "../language.js";
import { accountOf, demoTokens } from "../maru.js";
import { problemNotice } from "../notices.js";

/** Draws the users. */
export async function drawUsers() {
  try {
    const tokens = await demoTokens();
    drawInLanguage(() => fill(byId("users"), users().map(([key, ...words]) => user(key, accountOf(tokens[key]), ...words))));
  } catch (problem) {
    fill(byId("users"), problemNotice(problem));
  }
}

function users() {
  return [
    ["lecturer", say("강사", "Lecturer"), say("데이터에서 강의가 가장 많은 강사", "Has most lectures in the data")],
    ["admin", say("관리자", "Admin"), say("밤 집계를 보고 시작하는 운영자", "Watches and starts the nightly runs")],
    ["user", say("회원", "Member"), say("특별한 권한이 없는 사람", "Without any special role")],
    ["otherUser", say("다른 회원", "Another member"), say("남의 것을 볼 수 없는지 확인할 때", "To see what others may not see")],
  ];
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

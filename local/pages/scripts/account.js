// The part of a page's frame that says who uses it: signing in, signing out, and what is new.

import { bell } from "./account/bell.js";
import { memberView } from "./account/member.js";
import { signInView } from "./account/sign-in.js";
import { element, fill } from "./dom.js";
import { say } from "./language.js";
import { problemNotice } from "./notices.js";
import { demoUser, drawForSession, ready, who } from "./session.js";
import { drawShell } from "./shell.js";

const button = element("button", { type: "button", class: "account", onclick: open, "aria-haspopup": "dialog" }, "…");
const dialog = element("dialog", { class: "card account-dialog", "aria-labelledby": "account-title" });

/** Draws the frame of a page that people sign in to. */
export function drawAccountShell() {
  drawShell(element("div", { class: "row who" }, bell(), button));
  dialog.addEventListener("click", closeFromOutside);
  document.body.append(dialog);
  drawForSession(draw);
  ready.then(tellOfArrival);
}

/** What stands where somebody has to sign in first: why, and the button for it. */
export function signInFirst(why) {
  return element("div", { class: "empty sign-in-first" }, element("p", {}, why),
    element("button", { type: "button", class: "primary", onclick: open }, say("로그인", "Sign in")));
}

function draw() {
  const me = who();
  fill(button, me ? [element("span", { class: "unseen" }, say("내 계정: ", "My account: ")), me.nickname,
    demoUser() ? element("small", {}, say(" 데모", " demo")) : null] : say("로그인", "Sign in"));
  if (dialog.open) drawDialog();
}

function open() {
  drawDialog();
  dialog.showModal();
}

function drawDialog(notice) {
  const title = who() ? say("내 계정", "My account") : say("로그인", "Sign in");
  const close = element("button", { type: "button", class: "small", onclick: () => dialog.close() }, say("닫기", "Close"));
  fill(dialog,
    element("header", { class: "card-head" }, element("h2", { id: "account-title" }, title), close),
    notice ?? null,
    who() ? memberView(() => dialog.close()) : signInView(() => dialog.close()));
}

/** A press beside the dialog closes it: only there the dialog itself is what is pressed. */
function closeFromOutside({ target, clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  const outside = clientX < left || clientX > right || clientY < top || clientY > bottom;
  if (target === dialog && outside) dialog.close();
}

/** Says why somebody who comes back from a provider is not signed in, or that the account is connected now. */
function tellOfArrival({ error, connected }) {
  if (!error && !connected) return;
  const notice = error ? problemNotice({ code: error }) : element("p", { class: "notice", role: "status" },
    say(`${connected === "github" ? "GitHub" : "Kakao"} 계정을 연결했습니다.`, `${connected === "github" ? "GitHub" : "Kakao"} is connected.`));
  drawDialog(notice);
  dialog.showModal();
}

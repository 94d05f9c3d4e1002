// Signing in: at a provider, with an account and its password, or as one of the demo users.

import { element, fill } from "../dom.js";
import { drawNicknameHint } from "./nickname.js";
import { field, submitting } from "../fields.js";
import { say } from "../language.js";
import { demoUsers } from "../maru.js";
import { beDemoUser, logIn, signUp } from "../session.js";
import { leaveFor } from "../session/arrival.js";

/** Whether a new account is made rather than an old one used. */
let isNew = false;

/** The ways to sign in; `done` is called when somebody is. */
export function signInView(done) {
  const form = element("div");
  drawForm(form, done);
  return element("div", { class: "stack" }, providers(), form, demo(done));
}

function providers() {
  const button = (provider, text) =>
    element("button", { type: "button", class: `provider ${provider}`, onclick: () => leaveFor(provider) }, text);
  return element("div", { class: "stack tight" },
    button("github", say("GitHub으로 로그인", "Sign in with GitHub")), button("kakao", say("카카오로 로그인", "Sign in with Kakao")),
    element("p", { class: "note" }, say("이 컴퓨터의 샌드박스가 GitHub과 카카오를 대신합니다.", "Sandboxes on this machine stand in for GitHub and Kakao.")));
}

function drawForm(place, done) {
  const tabs = [[false, say("로그인", "Sign in")], [true, say("회원 가입", "Sign up")]].map(([value, text]) => element("button", {
    type: "button",
    "aria-pressed": String(value === isNew),
    onclick: () => {
      isNew = value;
      drawForm(place, done);
      place.querySelector("[aria-pressed=true]").focus();
    },
  }, text));
  const switcher = element("div", { class: "switch", role: "group", "aria-label": say("아이디로", "With an account") }, tabs);
  fill(place, element("div", { class: "stack tight" }, switcher, isNew ? signUpForm(done) : logInForm(done)));
}

function logInForm(done) {
  return submitting(say("로그인", "Sign in"), [accountField(), passwordField("current-password")],
    async ({ account, password }) => {
      await logIn(account, password);
      done();
    });
}

function signUpForm(done) {
  const nickname = field(say("별명 (2–12자)", "Nickname (2–12 characters)"), { name: "nickname", required: true, minlength: 2, maxlength: 24, autocomplete: "nickname" });
  drawNicknameHint(nickname);
  return submitting(say("가입하고 로그인", "Sign up"), [accountField(), nickname, passwordField("new-password")],
    async ({ account, nickname: chosen, password }) => {
      await signUp(account, chosen, password);
      done();
    });
}

function accountField() {
  return field(say("아이디 (영문자, 숫자, _)", "Account (letters, digits, _)"),
    { name: "account", required: true, minlength: 4, maxlength: 30, pattern: "[A-Za-z0-9_]+", autocomplete: "username", spellcheck: "false", autocapitalize: "none" });
}

function passwordField(autocomplete) {
  return field(say("비밀번호 (8자 이상)", "Password (8 characters or more)"), { name: "password", type: "password", required: true, minlength: 8, maxlength: 128, autocomplete });
}

function demo(done) {
  const buttons = demoUsers().map(([key, name, who]) => element("button", {
    type: "button",
    title: who,
    onclick: async () => {
      await beDemoUser(key);
      done();
    },
  }, name));
  return element("div", { class: "stack tight" },
    element("h3", {}, say("데모 사용자로", "As a demo user")), element("div", { class: "row" }, buttons));
}

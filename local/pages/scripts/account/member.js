// Who is signed in, what the account is connected to, and signing out.

import { element, fill, tag } from "../dom.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { demoUser, signOut, who } from "../session.js";
import { connect } from "../session/connect.js";
import { word } from "../words.js";

const PROVIDERS = [["github", "GitHub"], ["kakao", "Kakao"]];

/** The account of whoever is signed in; `done` is called when nobody is any more. */
export function memberView(done) {
  const me = who();
  const problem = element("div");
  const leave = async () => {
    await signOut();
    done();
  };
  return element("div", { class: "stack" },
    element("div", {}, element("p", { class: "strong big" }, me.nickname),
      element("p", { class: "facts" }, element("code", {}, me.id), me.account ? element("span", {}, me.account) : null),
      element("p", { class: "row" }, me.roles.map((role) => tag(word("role", role), "accent")), demoUser() ? tag(say("데모 사용자", "Demo user"), "warn") : null)),
    element("dl", { class: "connections" }, PROVIDERS.map(([name, title]) => connection(me, name, title, problem))),
    problem,
    element("div", { class: "row" },
      element("a", { class: "button", href: "/profile" }, say("프로필", "Profile")),
      element("a", { class: "button", href: "/inbox" }, say("알림", "Notifications")),
      element("button", { type: "button", onclick: leave }, say("로그아웃", "Sign out"))));
}

function connection(me, name, title, problem) {
  const found = me.connections.find(({ provider }) => provider === name);
  const press = async ({ currentTarget: button }) => {
    button.disabled = true;
    try {
      await connect(name);
    } catch (refused) {
      button.disabled = false;
      fill(problem, problemNotice(refused));
    }
  };
  const state = found
    ? [found.login ?? say("연결됨", "Connected"), " ", element("span", { class: "note" }, moment(found.connectedAt, { dateStyle: "medium" }))]
    : element("button", { type: "button", class: "small", onclick: press }, say("연결하기", "Connect"));
  return element("div", {}, element("dt", {}, title), element("dd", {}, state));
}

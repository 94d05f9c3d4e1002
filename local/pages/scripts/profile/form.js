// The form of the profile, and closing the account.

import { signInFirst } from "../account.js";
import { drawNicknameHint } from "../account/nickname.js";
import { byId, element, fill } from "../dom.js";
import { choice, field, submitting } from "../fields.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { call, callForJson, drawForSession, meet, signOut, who } from "../session.js";
import { words } from "../words.js";
import { LISTS } from "./lists.js";
import { Rows } from "./rows.js";

let drawnFor = null;

/** Draws the profile of whoever is signed in. */
export function drawProfile() {
  document.addEventListener("maru:language", () => (drawnFor = null));
  drawForSession(() => {
    const me = who();
    byId("profile").hidden = !me;
    fill(byId("sign-in-first"), me ? null : signInFirst(say("로그인하면 프로필을 쓸 수 있습니다.", "Sign in to have a profile.")));
    // What is being written stays when the same member is only met again.
    if (me && stateOf(me) !== drawnFor) draw(me);
    drawnFor = me && stateOf(me);
  });
}

function stateOf({ id, revision }) {
  return `${id} ${revision}`;
}

function draw(me) {
  const rows = Object.entries(LISTS).map(([name, list]) => new Rows(name, list, me[name]));
  const nickname = field(say("별명", "Nickname"), { name: "nickname", value: me.nickname, required: true, maxlength: 24 });
  drawNicknameHint(nickname, me.nickname);
  const person = element("fieldset", { class: "fields" }, element("legend", {}, say("나", "Me")), nickname,
    field(say("이름", "Name"), { name: "name", value: me.name ?? "", maxlength: 50, autocomplete: "name" }),
    field(say("이메일", "E-mail"), { name: "email", type: "email", value: me.email ?? "", maxlength: 254, autocomplete: "email" }),
    field(say("전화번호", "Phone"), { name: "phone", type: "tel", value: me.phone ?? "", placeholder: "010-1234-5678", autocomplete: "tel" }),
    choice(say("직무", "Position"), [["", say("정하지 않음", "Not chosen")], ...words("position")], { name: "position", value: me.position ?? "" }));
  fill(byId("profile-form"), submitting(say("저장", "Save"), [person, rows.map((each) => each.node)], (values) => save(values, rows)));
  fill(byId("closing"), closing());
}

async function save({ nickname, name, email, phone, position }, rows) {
  const body = { nickname, name: name || null, email: email || null, phone: phone || null, position: position || null };
  for (const list of rows) body[list.name] = list.values();
  drawnFor = stateOf(await callForJson("PATCH", "/me", { body }));
  await meet();
  fill(byId("saved"), element("p", { class: "notice" }, say("저장했습니다. 새로 만드는 이력서에 쓰입니다.", "Saved. Resumes written from now on have it.")));
}

function closing() {
  const problem = element("div");
  const close = async () => {
    if (!confirm(say("탈퇴하면 이력서, 댓글, 알림이 모두 지워집니다. 되돌릴 수 없습니다.", "This deletes your resumes, comments and notifications, for good."))) return;
    try {
      await call("DELETE", "/me");
      await signOut();
    } catch (refused) {
      fill(problem, problemNotice(refused));
    }
  };
  return [element("button", { type: "button", class: "danger", onclick: close }, say("탈퇴하기", "Close the account")), problem];
}

// One post: how far it is, its votes, and changing or deleting one's own.

import { element, fill, tag } from "../dom.js";
import { field, submitting, textField } from "../fields.js";
import { moment, number } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { call, callForJson, who } from "../session.js";
import { place } from "./place.js";

/** The mean radius of the Earth, in metres. */
const EARTH_RADIUS = 6_371_009;

/** The view of a post; `changed` and `deleted` are told what became of it. */
export function postView(post, { changed, deleted }) {
  const { id, title, body, author, mine, createdAt, editedAt } = post;
  const path = `/posts/${encodeURIComponent(id)}`;
  const problem = element("div");
  const trying = (work) => async ({ currentTarget: button }) => {
    button.disabled = true;
    fill(problem);
    try {
      await work();
    } catch (refused) {
      fill(problem, problemNotice(refused));
      button.disabled = false;
    }
  };
  const vote = (name, sign, count) => element("button", {
    type: "button",
    class: "small vote",
    disabled: !who(),
    "aria-pressed": String(post.vote === name),
    "aria-label": name === "up" ? say(`찬성 ${number(count)}`, `${number(count)} for it`) : say(`반대 ${number(count)}`, `${number(count)} against it`),
    onclick: trying(async () => changed({ ...post, ...(await callForJson("PUT", `${path}/vote`, { body: { vote: post.vote === name ? "none" : name } })) })),
  }, `${sign} ${number(count)}`);
  const own = mine ? element("details", {}, element("summary", { class: "note" }, say("고치기", "Change it")), element("div", { class: "stack tight after" },
    submitting(say("바꾸기", "Change"), [field(say("제목", "Title"), { name: "title", maxlength: 20, required: true, value: title }),
      textField(say("내용", "What it is about"), { name: "body", maxlength: 150, required: true, value: body })],
    async (said) => changed(await callForJson("PATCH", path, { body: said }))),
    element("div", { class: "row" }, element("button", { type: "button", class: "small danger", onclick: trying(async () => {
      await call("DELETE", path);
      deleted(post);
    }) }, say("지우기", "Delete"))))) : null;
  return element("li", { class: "post" },
    element("p", { class: "row" }, element("span", { class: "strong" }, title), tag(far(post.place), "accent"), mine ? tag(say("내 글", "Mine"), "good") : null),
    element("p", { class: "said" }, body),
    element("p", { class: "facts" }, element("span", {}, author.nickname ?? say("이름 없는 회원", "A member without a name")), element("span", {}, moment(createdAt)),
      editedAt ? element("span", {}, say("고침", "changed")) : null),
    element("div", { class: "row", role: "group", "aria-label": say("투표", "Vote") }, vote("up", "▲", post.up), vote("down", "▼", post.down)),
    own, problem);
}

/** How far a place is from the chosen one, by the great circle. */
function far({ lat, lon }) {
  const here = place();
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const half = (one, other) => Math.sin(radians(one - other) / 2) ** 2;
  const part = half(lat, here.lat) + Math.cos(radians(lat)) * Math.cos(radians(here.lat)) * half(lon, here.lon);
  const metres = 2 * EARTH_RADIUS * Math.asin(Math.sqrt(part));
  return metres < 1000 ? `${number(Math.round(metres))} m` : `${number(Math.round(metres / 10) / 100)} km`;
}

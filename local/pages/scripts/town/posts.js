// What was said around here, the newest first, and saying something.

import { signInFirst } from "../account.js";
import { byId, element, fill } from "../dom.js";
import { choice, field, submitting, textField } from "../fields.js";
import { number } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { place } from "./place.js";
import { postView } from "./post.js";

const RADII = ["5000", "2000", "500"];

/** One's own place is somewhere in the city: so far from its middle at most, in degrees of latitude. */
const SOMEWHERE = 0.03;

let posts = [];
let nextCursor = null;
let radius = RADII[0];
/** Counts the listings: an answer that comes after a later one is not shown. */
let turn = 0;

/** Draws the list and the form. */
export function drawPosts() {
  document.addEventListener("maru:place", list);
  drawForSession(() => {
    drawForm();
    list();
  });
}

function drawForm() {
  fill(byId("post-form"), element("h3", {}, say("글 남기기", "Say something")), who() ? submitting(say("남기기", "Post"), [
    field(say("제목 (20자)", "Title (20 characters)"), { name: "title", maxlength: 20, required: true }),
    textField(say("내용", "What it is about"), { name: "body", maxlength: 150, required: true }),
    element("p", { class: "note" }, say("고른 도시의 한가운데에서 3 km 안 어딘가에 남깁니다.", "It is left somewhere within 3 km of the middle of the chosen city.")),
  ], add) : signInFirst(say("로그인하면 글을 남길 수 있습니다.", "Sign in to post.")));
}

async function add({ title, body }) {
  const post = await callForJson("POST", "/posts", { body: { title, body, place: somewhere() } });
  posts = [post, ...posts];
  drawForm();
  draw();
}

function somewhere() {
  const { lat, lon } = place();
  const moved = () => (2 * Math.random() - 1) * SOMEWHERE * Math.SQRT1_2;
  return { lat: lat + moved(), lon: lon + moved() };
}

function list() {
  return listFrom("");
}

async function listFrom(cursor) {
  const now = ++turn;
  const { lat, lon } = place();
  try {
    const page = await callForJson("GET", "/posts", { query: { lat: String(lat), lon: String(lon), radius, limit: "20", cursor } });
    if (now !== turn) return;
    posts = cursor ? posts.concat(page.items) : page.items;
    nextCursor = page.nextCursor;
    draw();
  } catch (problem) {
    if (now === turn) fill(byId("posts"), problemNotice(problem));
  }
}

function draw() {
  const radii = RADII.map((value) => [value, value === "500" ? "500 m" : `${Number(value) / 1000} km`]);
  const choose = choice(say("거리", "Distance"), radii, {
    name: "radius",
    value: radius,
    onchange: ({ target }) => {
      radius = target.value;
      list();
    },
  });
  fill(byId("posts"),
    element("header", { class: "card-head" }, element("p", { class: "note", role: "status" }, say(`${number(posts.length)}개`, `${number(posts.length)} posts`)), choose),
    posts.length ? element("ul", {}, posts.map((post) => postView(post, { changed, deleted }))) : element("p", { class: "empty" }, say("이 근처에는 아직 글이 없습니다.", "Nobody has posted around here.")),
    nextCursor ? element("button", { type: "button", class: "small", onclick: () => listFrom(nextCursor) }, say("더 보기", "More")) : null);
}

function changed(post) {
  posts = posts.map((each) => (each.id === post.id ? post : each));
  draw();
}

function deleted({ id }) {
  posts = posts.filter((each) => each.id !== id);
  draw();
}

// The repositories to pick from, one to three of them.

import { byId, element, fill, tag } from "../dom.js";
import { moment, number } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { wording } from "../problems.js";
import { callForJson, drawForSession, who } from "../session.js";
import { leaveFor } from "../session/arrival.js";
import { connect } from "../session/connect.js";

/** A resume is made of at most so many. */
const MOST = 3;

/** Full names in the order in which they were picked, which is that of the projects. */
let picked = [];
let repositories = [];
let page = null;
let problem = null;

/** Draws the list of whoever is signed in. */
export function drawRepositories() {
  document.addEventListener("maru:language", draw);
  drawForSession(load);
}

/** The full names that are picked. */
export function pickedRepositories() {
  return picked;
}

/** Loads the list anew for a new visitor; the same one keeps theirs. */
let loadedFor = null;
async function load() {
  const visitor = who()?.id ?? null;
  if (visitor === loadedFor) return;
  [loadedFor, picked, repositories, page, problem] = [visitor, [], [], null, null];
  draw();
  if (visitor) await more();
}

async function more() {
  try {
    page = await callForJson("GET", "/github/repositories", { query: { limit: "30", cursor: page?.nextCursor } });
    repositories = repositories.concat(page.items);
  } catch (refused) {
    problem = refused;
  }
  draw();
}

function draw() {
  fill(byId("repositories"), problem ? trouble() : page ? [stale(), list(), moreButton()] : element("p", { class: "note" }, say("불러오는 중…", "Loading…")));
  drawCount();
}

function trouble() {
  const healing = {
    github_not_connected: () => connect("github"),
    github_unauthorized: () => leaveFor("github"),
  }[problem.code];
  return [problemNotice(problem), healing
    ? element("p", { class: "row after" }, element("button", { type: "button", class: "primary", onclick: healing }, say("GitHub으로 로그인하기", "Sign in with GitHub")))
    : null];
}

function stale() {
  if (!page.stale) return null;
  const { since, reason, retryAt } = page.stale;
  return element("p", { class: "notice warn" }, say(`${moment(since)}의 목록입니다. `, `This is the list of ${moment(since)}. `),
    wording(reason, say("GitHub이 답하지 않습니다.", "GitHub does not answer.")),
    retryAt ? say(` ${moment(retryAt, { timeStyle: "short" })} 뒤에 다시 물어봅니다.`, ` It is asked again after ${moment(retryAt, { timeStyle: "short" })}.`) : null);
}

function list() {
  if (!repositories.length) return element("p", { class: "empty" }, say("고를 수 있는 저장소가 없습니다.", "There is no repository to pick."));
  return element("ul", { class: "repositories" }, repositories.map(row));
}

function row({ fullName, description, language, fork, archived, stars, pushedAt, url }) {
  const box = element("input", { type: "checkbox", name: "repository", value: fullName, checked: picked.includes(fullName), onchange: pick });
  return element("li", {}, element("label", {}, box, element("span", {},
    element("span", { class: "strong" }, fullName), " ", fork ? tag(say("포크", "Fork"), "warn") : null, archived ? tag(say("보관됨", "Archived")) : null,
    element("span", { class: "note" }, description ?? ""),
    element("span", { class: "facts" }, facts({ language, stars, pushedAt })))),
  element("a", { class: "note", href: url, target: "_blank", rel: "noopener noreferrer" }, say("보기", "View"), element("span", { class: "unseen" }, ` ${fullName}`)));
}

function facts({ language, stars, pushedAt }) {
  const pushed = pushedAt ? moment(pushedAt, { dateStyle: "medium" }) : null;
  const texts = [language, stars ? `★ ${number(stars)}` : null, pushed ? say(`${pushed} 푸시`, `pushed ${pushed}`) : null];
  return texts.filter(Boolean).map((text) => element("span", {}, text));
}

function pick({ target: { value, checked } }) {
  picked = checked ? [...picked, value] : picked.filter((name) => name !== value);
  drawCount();
}

/** Says how many are picked; when there are enough, no more can be. */
function drawCount() {
  byId("picked").textContent = picked.length
    ? say(`${picked.length}개 골랐습니다: ${picked.join(", ")}`, `${picked.length} picked: ${picked.join(", ")}`)
    : say(`1–${MOST}개를 고르세요. 고른 순서가 프로젝트 순서입니다.`, `Pick 1 to ${MOST}. Projects come in the order of picking.`);
  for (const box of byId("repositories").querySelectorAll("input")) box.disabled = picked.length >= MOST && !box.checked;
}

function moreButton() {
  return page.nextCursor ? element("button", { type: "button", class: "small", onclick: more }, say("더 보기", "More")) : null;
}

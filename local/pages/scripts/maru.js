// Maru's API and the local stack's control endpoints.

import { say } from "./language.js";

let tokens = null;
const lecturer = new URLSearchParams(location.search).get("lecturer") ?? "";

/**
 * A refusal: what Maru says in problem+json, or what the gateway or the browser says. `retryAfter` are the seconds
 * after which it may be another answer; null if it does not say. The status is 0 if there was no answer at all.
 */
export class Problem extends Error {
  constructor(status, { title = "", detail = "", code = "", requestId = "", errors = [], message = "", retryAfter = null } = {}) {
    super(detail || message || title || String(status || ""));
    Object.assign(this, { status, code, requestId, errors, retryAfter });
  }
}

/** Whose dashboard is looked at; empty for the lecturer with most lectures. */
export function chosenLecturer() {
  return lecturer;
}

/** Access tokens of the demo users: `{user, otherUser, lecturer, admin}`; new ones if `fresh`. */
export async function demoTokens(fresh = false) {
  if (fresh || !tokens) {
    tokens = local(`/_local/tokens${lecturer ? `?lecturer=${encodeURIComponent(lecturer)}` : ""}`);
    // A question that failed is asked again.
    tokens.catch(() => (tokens = null));
  }
  return tokens;
}

/** Each demo user: the name among `demoTokens`, what to call them, who they are. */
export function demoUsers() {
  return [
    ["user", say("회원", "Member"), say("특별한 권한이 없는 사람", "Without any special role")],
    ["otherUser", say("다른 회원", "Another member"), say("남의 것을 볼 수 없는지 확인할 때", "To see what others may not see")],
    ["lecturer", say("강사", "Lecturer"), say("데이터에서 강의가 가장 많은 강사", "Has most lectures in the data")],
    ["admin", say("관리자", "Admin"), say("밤 집계를 보고 시작하는 운영자", "Watches and starts the nightly runs")],
  ];
}

/** The account that an access token is for. */
export function accountOf(token) {
  const part = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)).sub;
}

/**
 * Sends a request with the access token that `tokenOf(fresh)` gives, or without one if it gives none; `query` may
 * hold empty values, which are left out. A token that is no longer taken is asked for again once. A POST has an
 * idempotency key of its own, or the given `key` of the attempt that it carries on.
 */
export async function request(tokenOf, method, path, { query = {}, body, accept = "application/json", ifMatch, key } = {}) {
  const given = Object.entries(query).filter(([, value]) => value);
  const url = given.length ? `${path}?${new URLSearchParams(given)}` : path;
  const headers = { accept };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (method === "POST") headers["idempotency-key"] = key ?? crypto.randomUUID();
  if (ifMatch) headers["if-match"] = ifMatch;
  const send = (token) => {
    if (token) headers.authorization = `Bearer ${token}`;
    else delete headers.authorization;
    return fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }).catch(unanswered);
  };
  const token = await tokenOf(false);
  const answer = await send(token);
  return checked(answer.status === 401 && token ? await send(await tokenOf(true)) : answer);
}

/** Sends a request as one of the demo users and gives the answer. */
export function send(user, method, path, options) {
  return request(async (fresh) => (await demoTokens(fresh))[user], method, path, options);
}

/** Sends a request as one of the demo users and gives the JSON of the answer. */
export async function sendForJson(user, method, path, options) {
  return (await send(user, method, path, options)).json();
}

/** Asks a control endpoint. */
export async function local(path, body) {
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return (await checked(await fetch(path, options))).json();
}

/**
 * The address of a job's log on this page's own origin: the local stack serves function URLs on the port of the
 * API, which may go by another name (`localhost`) than in the `streamUrl`.
 */
export function onThisOrigin(streamUrl) {
  const { pathname, search } = new URL(streamUrl, location.href);
  return pathname + search;
}

/** The browser's own words for it are not the reader's. */
function unanswered() {
  throw new Problem(0, { code: "unreachable" });
}

async function checked(answer) {
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Problem(answer.status, { ...said, retryAfter: Number(answer.headers.get("retry-after")) || null });
}

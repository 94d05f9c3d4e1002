// Who uses this page: a member who signed in, or one of the demo users.
//
// The access token is kept in this page's memory only, and the refresh token in a cookie that no script can read.
// What is remembered between two pages is which of the two kinds it was.

import { demoTokens, request } from "./maru.js";
import { arrive } from "./session/arrival.js";

const REMEMBERED = "maru.session";
const MEMBER = "member";

/** The access token of a member; null for a demo user, or while there is none yet. */
let accessToken = null;
/** `GET /me` of whoever is signed in. */
let me = null;
let refreshing = null;

/** The profile of whoever is signed in; null for nobody. */
export function who() {
  return me;
}

/** The demo user's name among `demoTokens`, if it is one. */
export function demoUser() {
  const kind = localStorage.getItem(REMEMBERED);
  return kind === MEMBER ? null : kind;
}

/** Sends a request as whoever is signed in, or as nobody, and gives the answer. */
export function call(method, path, options) {
  return request(tokenOf, method, path, options);
}

/** Sends a request as whoever is signed in, or as nobody, and gives the JSON of the answer. */
export async function callForJson(method, path, options) {
  return (await call(method, path, options)).json();
}

/** Signs in with an account and its password. */
export function logIn(account, password) {
  return enter(() => callForNobody("/auth/login", { account, password }));
}

/** Makes an account and signs in with it. */
export function signUp(account, nickname, password) {
  return enter(() => callForNobody("/auth/signup", { account, nickname, password }));
}

/** Uses the page as one of the demo users. */
export async function beDemoUser(name) {
  accessToken = null;
  localStorage.setItem(REMEMBERED, name);
  await meet();
}

/** Signs out. */
export async function signOut() {
  if (!demoUser()) await callForNobody("/auth/logout", {}).catch(() => {});
  forget();
  tell();
}

/** Reads the profile again, after it was changed. */
export async function meet() {
  me = localStorage.getItem(REMEMBERED) ? await callForJson("GET", "/me").catch(unlessSignedOut) : null;
  tell();
}

/** Calls `draw` as soon as it is known who uses the page, and each time that this or the language changes. */
export function drawForSession(draw) {
  document.addEventListener("maru:session", draw);
  ready.then(() => {
    document.addEventListener("maru:language", draw);
    draw();
  });
}

/** What became of a sign-in that this page was entered by: `{error}`, `{connected}`, or nothing of it. */
export const ready = begin();

async function begin() {
  const arrival = arrive();
  try {
    if (arrival.code) await enter(() => callForNobody("/auth/token", arrival.code));
    else await meet();
  } catch (problem) {
    return { error: problem.code || "unavailable" };
  }
  // Another tab signed in or out.
  addEventListener("storage", ({ key }) => {
    if (key !== REMEMBERED) return;
    accessToken = null;
    meet();
  });
  return arrival;
}

async function enter(ask) {
  accessToken = (await (await ask()).json()).accessToken;
  localStorage.setItem(REMEMBERED, MEMBER);
  await meet();
}

/** The access token of whoever is signed in, null for nobody; a new one if `fresh`. */
export async function tokenOf(fresh) {
  const kind = localStorage.getItem(REMEMBERED);
  if (!kind) return null;
  if (kind !== MEMBER) return (await demoTokens(fresh))[kind];
  if (fresh || !accessToken) await (refreshing ??= refresh().finally(() => (refreshing = null)));
  return accessToken;
}

/** Many who need a new token at once ask for it once. */
async function refresh() {
  try {
    accessToken = (await (await callForNobody("/auth/refresh", {})).json()).accessToken;
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    const wasSomebody = me !== null;
    forget();
    if (wasSomebody) tell();
  }
}

function callForNobody(path, body) {
  return request(async () => null, "POST", path, { body });
}

function unlessSignedOut(problem) {
  if (problem.status !== 401) throw problem;
  forget();
  return null;
}

function forget() {
  accessToken = me = null;
  localStorage.removeItem(REMEMBERED);
}

function tell() {
  document.dispatchEvent(new Event("maru:session"));
}

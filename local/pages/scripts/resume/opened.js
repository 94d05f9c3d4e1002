// The resume that is open: read, shown, and changed under its entity tag.

import { documentView } from "../document/view.js";
import { byId, fill } from "../dom.js";
import { problemNotice } from "../notices.js";
import { call } from "../session.js";
import { chooseAll } from "./selection.js";

let resume = null;
let tag = null;
/** Counts the openings: an answer that comes after a later one is not shown. */
let turn = 0;

/** Draws the resume whenever it or the language changes. */
export function drawOpened() {
  document.addEventListener("maru:language", draw);
}

/** The resume that is open, with its document; null for none. */
export function openedResume() {
  return resume;
}

/** Opens the resume with this id; null closes. */
export async function open(id) {
  const now = ++turn;
  try {
    const answer = id ? await call("GET", `/resumes/${encodeURIComponent(id)}`) : null;
    const read = await answer?.json();
    if (now !== turn) return;
    take(read ?? null, answer?.headers.get("etag"));
  } catch (problem) {
    if (now !== turn) return;
    take(null, null);
    fill(byId("document"), problemNotice(problem));
  }
}

/** Reads the open resume again. */
export function reopen() {
  return open(resume?.id ?? null);
}

/**
 * Sends a change of the open resume to the path below its own, and shows what the resume is then. A state that
 * somebody else changed meanwhile (412) is read again before the refusal is passed on.
 */
export async function change(method, below, { body, guarded = true } = {}) {
  try {
    const answer = await call(method, `/resumes/${resume.id}${below}`, { body, ifMatch: guarded ? tag : undefined });
    take(await answer.json(), answer.headers.get("etag"));
  } catch (problem) {
    if (problem.status === 412) await reopen();
    throw problem;
  }
}

function take(next, nextTag) {
  [resume, tag] = [next, nextTag];
  draw();
  // The lists, the settings and the versions follow.
  document.dispatchEvent(new Event("maru:resume"));
}

function draw() {
  byId("opened").hidden = !resume;
  fill(byId("document"), resume ? documentView(resume.document, chooseAll) : null);
}

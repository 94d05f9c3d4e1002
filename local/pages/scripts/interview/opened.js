// The interview that is open: read, and deleted in part or as a whole.

import { call, callForJson } from "../session.js";

let interview = null;
let problem = null;
/** Counts the openings: an answer that comes after a later one is not taken. */
let turn = 0;

/** The interview that is open, with its questions; null for none. */
export function openedInterview() {
  return interview;
}

/** Why the interview that was to be opened is not; null if nothing went wrong. */
export function openingProblem() {
  return problem;
}

/** The question with this id in the open interview; undefined if it is not there. */
export function openedQuestion(id) {
  return interview?.sections.flatMap(({ questions }) => questions).find((question) => question.id === id);
}

/** Opens the interview with this id, and tells everyone who listens for `maru:interview`; null closes. */
export async function open(id) {
  const now = ++turn;
  const [read, refused] = await (id ? callForJson("GET", pathOf(id)).then((found) => [found, null], (why) => [null, why]) : [null, null]);
  if (now !== turn) return;
  [interview, problem] = [read, refused];
  tell();
}

/** Deletes a question of the open interview. */
export async function deleteQuestion(id) {
  const { id: from } = interview;
  await call("DELETE", `${pathOf(from)}/questions/${encodeURIComponent(id)}`);
  if (interview?.id !== from) return;
  for (const section of interview.sections) section.questions = section.questions.filter((question) => question.id !== id);
  interview.questionCount = interview.sections.reduce((sum, { questions }) => sum + questions.length, 0);
  tell();
}

/** Deletes the open interview; it stays shown until another is opened. */
export async function deleteInterview() {
  await call("DELETE", pathOf(interview.id));
}

/** The path of an interview. */
export function pathOf(id) {
  return `/interviews/${encodeURIComponent(id)}`;
}

function tell() {
  document.dispatchEvent(new Event("maru:interview"));
}

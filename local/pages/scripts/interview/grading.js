// Answers being graded, each shown as soon as it is.

import { follow } from "../job.js";
import { say } from "../language.js";
import { callForJson, who } from "../session.js";
import { open, openedInterview, openedQuestion, pathOf } from "./opened.js";
import { forgetStarted, keepStarted, startedOf } from "./started.js";

const STARTED = "maru.interview-feedback";

/** `{member, interviewId, questions, job, stop, line}` of the grading that is watched; null for none. */
let grading = null;
/** `{code, detail}` of the answers that could not be graded, by question. */
let failures = new Map();
/** How the last grading of the open interview ended; empty if there was none. */
let ending = "";

/** Goes on watching the grading of the interview that is opened. */
export function watchGrading() {
  document.addEventListener("maru:interview", () => {
    const interview = openedInterview();
    if (grading?.interviewId === interview?.id) return;
    stop();
    const started = startedOf(STARTED, who()?.id ?? null);
    if (interview && started?.interviewId === interview.id) watch(started);
    else tell();
  });
}

/** Whether answers are being graded: then no others can be. */
export function isGrading() {
  return grading !== null;
}

/** Whether the answer to this question is being graded. */
export function isWaiting(question) {
  return grading?.questions.includes(question) ?? false;
}

/** Why the answer to this question could not be graded; undefined if nothing went wrong. */
export function failureOf(question) {
  return failures.get(question);
}

/** How the grading stands, in words. */
export function standing() {
  return grading?.line ?? ending;
}

/** Has answers graded, `{questionId, answer}` each, and tells of every step to whoever listens for `maru:grading`. */
export async function grade(answers) {
  const { id: interviewId } = openedInterview();
  const { job } = await callForJson("POST", `${pathOf(interviewId)}/feedback`, { body: { answers } });
  const started = { member: who().id, interviewId, questions: answers.map(({ questionId }) => questionId), job };
  keepStarted(STARTED, started);
  if (openedInterview()?.id === interviewId) watch(started);
}

async function watch(started) {
  stop();
  const watched = (grading = { ...started, stop: new AbortController(), line: say("채점을 기다립니다…", "Waiting for the feedback…") });
  for (const id of started.questions) failures.delete(id);
  tell();
  const last = await follow(started.job, listenerOf(watched), watched.stop.signal);
  if (watched.stop.signal.aborted) return;
  forgetStarted(STARTED, started.job);
  grading = null;
  ending = endingOf(last);
  if (last.status === "failed") for (const id of started.questions) failures.set(id, last);
  // The log is gone, but what it told may have been kept.
  if (last.status === "unknown") return open(started.interviewId);
  tell();
}

function listenerOf(watched) {
  const stand = (line) => {
    watched.line = line;
    tell();
  };
  return {
    progress: ({ done, total, label }) => stand(total ? `${label} (${done}/${total})` : label),
    item: ({ questionId, feedback }) => settle(watched, questionId, () => Object.assign(openedQuestion(questionId) ?? {}, { feedback })),
    error: ({ questionId, code, detail }) => questionId && settle(watched, questionId, () => failures.set(questionId, { code, detail })),
    lost: () => stand(say("다시 연결하는 중…", "Reconnecting…")),
  };
}

function settle(watched, questionId, keep) {
  watched.questions = watched.questions.filter((id) => id !== questionId);
  keep();
  tell();
}

function endingOf({ status }) {
  const endings = {
    succeeded: say("채점을 마쳤습니다.", "The feedback is there."),
    partly_succeeded: say("일부 답은 채점하지 못했습니다.", "Some answers could not be graded."),
    failed: say("채점하지 못했습니다.", "There is no feedback."),
  };
  return endings[status] ?? "";
}

function stop() {
  grading?.stop.abort();
  grading = null;
  failures = new Map();
  ending = "";
}

function tell() {
  document.dispatchEvent(new Event("maru:grading"));
}

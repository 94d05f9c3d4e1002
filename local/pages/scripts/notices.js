// What is told in a coloured field: refusals, and that a stand-in answers in the place of a model.

import { element } from "./dom.js";
import { say } from "./language.js";
import { wording } from "./problems.js";
import { waiting } from "./wait.js";

/** A refusal or a failure, with what helps to find its cause. */
export function problemNotice(problem) {
  const fields = (problem.errors ?? []).map((error) => element("li", {}, element("code", {}, error.pointer), ` ${error.message}`));
  const facts = [problem.status, problem.code, problem.requestId].filter(Boolean).join(" · ");
  return element("div", { class: "notice bad", role: "alert" },
    element("strong", {}, wording(problem.code, problem.message) || say("알 수 없는 오류", "Unknown error")),
    fields.length ? element("ul", {}, fields) : null,
    problem.retryAfter ? waiting(problem.retryAfter) : null,
    facts ? element("div", { class: "note" }, facts) : null);
}

/** Whether a model of this id is the local stack's stand-in, whose id says so. */
export function isOffline(modelId) {
  return /^(maru\.)?offline/.test(modelId);
}

/** Says plainly that no language model wrote this. */
export function offlineNotice() {
  return element("p", { class: "notice warn" }, say(
    "언어 모델이 아니라 오프라인 대역이 답합니다. 받은 글의 문장을 그대로 골라 옮길 뿐이니, 문장의 질로 실제 모델을 가늠하지 마세요.",
    "The offline stand-in answers, not a language model. It only copies out sentences of the given texts; do not judge a real model by them."));
}

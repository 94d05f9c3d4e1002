// Which model answers, and what it was asked.

import { byId, element, fill, table } from "../dom.js";
import { moment, number } from "../form.js";
import { say } from "../language.js";
import { local } from "../maru.js";
import { isOffline, offlineNotice, problemNotice } from "../notices.js";

const SHOWN = 8;

/** Draws the model and its latest calls. */
export async function drawModel() {
  try {
    const calls = await local("/_local/model-calls");
    fill(byId("model"), calls.length ? [who(calls.at(-1).modelId), sum(calls), latest(calls)] : nobody());
  } catch (problem) {
    fill(byId("model"), problemNotice(problem));
  }
}

function nobody() {
  return element("p", { class: "empty" }, say(
    "시작한 뒤로 모델을 부른 적이 없습니다. 컨설팅에서 리포트를 만들면 여기에 보입니다.",
    "No model was called since the start. Make a report in Consulting and its calls show here."));
}

function who(modelId) {
  return isOffline(modelId) ? offlineNotice() : element("p", {}, say("답하는 모델: ", "Answers: "), element("code", {}, modelId));
}

function sum(calls) {
  const tokens = (part) => number(calls.reduce((total, call) => total + call[part], 0));
  return element("p", { class: "note calls" }, say(
    `호출 ${number(calls.length)}번 · 입력 ${tokens("inputTokens")} · 출력 ${tokens("outputTokens")} 토큰`,
    `${number(calls.length)} calls · ${tokens("inputTokens")} tokens in · ${tokens("outputTokens")} out`));
}

function latest(calls) {
  const columns = [{ name: say("언제", "When") }, { name: say("무엇을 위해", "For") }, { name: say("토큰", "Tokens"), number: true }];
  const rows = calls.slice(-SHOWN).reverse().map(({ at, modelId, purpose, inputTokens, outputTokens, outcome }) => [
    element("span", { class: "call" }, moment(at, { timeStyle: "medium" })),
    [element("span", { class: "call" }, purpose || modelId), outcome === "answered" ? null : element("span", { class: "why" }, outcome)],
    `${number(inputTokens)} → ${number(outputTokens)}`,
  ]);
  return table(columns, rows);
}

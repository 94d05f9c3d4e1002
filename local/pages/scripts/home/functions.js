// The functions and the queues, as they are right now.

import { byId, element, fill, table, tag } from "../dom.js";
import { number } from "../form.js";
import { say } from "../language.js";
import { local } from "../maru.js";
import { problemNotice } from "../notices.js";

/** Invocations as they were drawn last, to show which function has just run. */
const seen = new Map();
const running = new Set();

/** Draws both lists. */
export async function drawFunctions() {
  try {
    const [functions, queues] = await Promise.all([local("/_local/functions"), local("/_local/queues")]);
    keepFocus(() => {
      fill(byId("functions"), functionTable(functions));
      fill(byId("queues"), queueTable(queues));
    });
    const calls = functions.reduce((sum, { invocations }) => sum + invocations, 0);
    fill(byId("functions-note"), say(`함수 ${functions.length}개 · 실행 ${number(calls)}번`,
      `${functions.length} functions · ${number(calls)} invocations`));
  } catch (problem) {
    fill(byId("functions"), problemNotice(problem));
  }
}

function functionTable(functions) {
  const columns = [
    { name: say("함수", "Function") }, { name: say("무엇이 부르나", "Trigger") },
    { name: say("실행", "Runs"), number: true }, { name: say("오류", "Errors"), number: true },
  ];
  const drawn = table(columns, functions.map(functionRow), { class: "functions" });
  functions.forEach(({ name, invocations }, index) => {
    if (seen.has(name) && seen.get(name) !== invocations) drawn.querySelectorAll("tbody tr")[index].className = "fresh";
    seen.set(name, invocations);
  });
  return drawn;
}

function functionRow({ name, trigger, invocations, errors, lastError }) {
  const [kind, tone] = kindOf(trigger);
  return [
    element("span", { class: "function-name" }, name),
    [element("span", { class: "trigger" }, tag(kind, tone), shortened(trigger), fireButton(name, trigger)),
      lastError ? element("span", { class: "why" }, lastError) : null],
    number(invocations),
    errors ? element("span", { class: "failing" }, number(errors)) : "0",
  ];
}

function kindOf(trigger) {
  if (trigger.startsWith("queue ")) return [say("큐", "Queue"), "good"];
  if (trigger.startsWith("event ")) return [say("이벤트", "Event"), "good"];
  if (trigger.startsWith("function URL ")) return [say("스트림", "Stream"), "accent"];
  if (isSchedule(trigger)) return [say("일정", "Schedule"), "warn"];
  return ["HTTP", "accent"];
}

function isSchedule(trigger) {
  return trigger.startsWith("cron(") || trigger.startsWith("rate(");
}

function shortened(trigger) {
  return trigger.replace(/^(queue|event|function URL) /, "");
}

/** A scheduled function can be fired now; the answer comes when what it set off is done too. */
function fireButton(name, trigger) {
  if (!isSchedule(trigger)) return null;
  const fire = async () => {
    running.add(name);
    await drawFunctions();
    await local(`/_local/run/${name}`, {}).catch((problem) => alert(problem.message));
    running.delete(name);
    await drawFunctions();
  };
  const text = running.has(name) ? say("실행 중…", "Running…") : say("지금 실행", "Run now");
  return [" ", element("button", { type: "button", class: "small", id: `fire-${name}`, disabled: running.has(name), onclick: fire }, text)];
}

function queueTable(queues) {
  const columns = [
    { name: say("큐", "Queue") }, { name: say("대기", "Waiting"), number: true },
    { name: say("처리 중", "In flight"), number: true }, { name: say("지연", "Delayed"), number: true },
  ];
  return table(columns, queues.map(({ name, visible, inFlight, delayed }) => {
    const dead = name.includes("DeadLetter") && visible > 0;
    const waiting = dead ? element("span", { class: "failing" }, number(visible)) : number(visible);
    return [element("span", { class: "function-name" }, name), waiting, number(inFlight), number(delayed)];
  }));
}

/** The lists are drawn anew every few seconds; who works by keyboard must not lose the place. */
function keepFocus(draw) {
  const focused = document.activeElement?.id;
  draw();
  if (focused?.startsWith("fire-")) byId(focused)?.focus();
}

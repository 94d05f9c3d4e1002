// Six answers that the advice is fitted to.

import { signInFirst } from "../account.js";
import { byId, element, fill } from "../dom.js";
import { choice, submitting } from "../fields.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { words } from "../words.js";

const QUESTIONS = [
  ["preferredWeather", "preferredWeather", "SUNNY", "가장 좋아하는 날씨", "The weather you like best"],
  ["clothingPriority", "clothingPriority", "COMFORT", "옷을 고를 때 가장 중요한 것", "What matters most about clothes"],
  ["sweating", "sweating", "NORMAL", "땀", "How much you sweat"],
  ["wetLimit", "wetLimit", "LIGHT", "비나 눈이 어디까지 와도 나가는지", "Up to how much rain you go out"],
  ["cold", "sensitivity", "NORMAL", "추위", "The cold"],
  ["heat", "sensitivity", "NORMAL", "더위", "The heat"],
];

let answered = null;

/** Draws the six questions. */
export function drawSurvey() {
  drawForSession(read);
}

async function read() {
  if (!who()) return fill(byId("survey"), signInFirst(say("로그인하면 나에게 맞춘 조언을 받습니다.", "Sign in for advice that fits you.")));
  try {
    answered = await callForJson("GET", "/weather/survey").catch(unlessThereIsNone);
    draw();
  } catch (problem) {
    fill(byId("survey"), problemNotice(problem));
  }
}

function unlessThereIsNone(problem) {
  if (problem.status !== 404) throw problem;
  return null;
}

function draw() {
  const fields = QUESTIONS.map(([name, kind, first, korean, english]) =>
    choice(say(korean, english), words(kind), { name, value: answered?.answers[name] ?? first }));
  fill(byId("survey"),
    element("p", { class: "note" }, answered ? say(`${moment(answered.updatedAt)}에 답했습니다.`, `Answered ${moment(answered.updatedAt)}.`)
      : say("아직 답하지 않았습니다.", "Not answered yet.")),
    submitting(say("저장", "Save"), fields, save));
}

async function save(answers) {
  answered = await callForJson("PUT", "/weather/survey", { body: answers });
  draw();
  document.dispatchEvent(new Event("maru:survey"));
}

// The open interview as its owner sees it: questions to answer, and what can be deleted.

import { byId, element, fill } from "../dom.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { isOffline, offlineNotice, problemNotice } from "../notices.js";
import { wording } from "../problems.js";
import { word } from "../words.js";
import { asRead } from "./counted.js";
import { grade, isGrading, standing } from "./grading.js";
import { removed, show } from "./history.js";
import { deleteInterview, deleteQuestion, openedInterview, openedQuestion, openingProblem } from "./opened.js";
import { Practice, answerTo } from "./practice.js";
import { openAnswers, questionView } from "./question.js";

/** The forms for the answers. */
let practices = [];

/** Draws the interview whenever another is opened or a question is deleted; while answers are graded, only what changes. */
export function drawShown() {
  for (const event of ["maru:interview", "maru:language"]) document.addEventListener(event, draw);
  document.addEventListener("maru:grading", update);
}

function draw() {
  const interview = openedInterview();
  const open = openAnswers(byId("opened"));
  practices = [];
  byId("opened").hidden = !interview && !openingProblem();
  fill(byId("opened"), openingProblem() ? problemNotice(openingProblem()) : null, interview ? view(interview, open) : null);
  update();
}

function view(interview, open) {
  const { job, career, language, model, createdAt, sections, questionCount } = interview;
  return [
    element("header", { class: "card-head" },
      element("div", {}, element("h3", { id: "opened-title", tabindex: "-1" }, `${word("job", job)} · ${word("career", career)}`),
        element("p", { class: "facts" }, element("span", {}, moment(createdAt)), element("span", {}, word("language", language)),
          element("span", {}, say(`질문 ${questionCount}개`, `${questionCount} questions`)), element("code", {}, model))),
      element("div", { class: "row" },
        element("button", { type: "button", id: "grade-all", class: "primary", onclick: gradeAll }, say("쓴 답 모두 채점받기", "Get feedback on all answers")),
        element("button", { type: "button", class: "danger", onclick: removeInterview }, say("면접 지우기", "Delete the interview")))),
    element("p", { class: "note", id: "grading", role: "status" }),
    element("div", { id: "opened-problem" }),
    isOffline(model) ? offlineNotice() : null,
    sections.map((section) => sectionView(section, language, open)),
  ];
}

function sectionView({ category, error, questions }, language, open) {
  return element("section", { class: "opened-section" }, element("h4", {}, word("category", category)),
    error ? element("p", { class: "notice warn" }, wording(error.code, error.detail)) : null,
    questions.length ? element("ol", { class: "questions" }, questions.map((question) => answerable(question, language, open.has(question.id))))
      : element("p", { class: "note" }, say("남은 질문이 없습니다.", "No question is left.")));
}

function answerable(question, language, isOpen) {
  const practice = new Practice(question);
  practices.push(practice);
  const remove = element("button", {
    type: "button", class: "small danger", "aria-label": say(`질문 지우기: ${question.question}`, `Delete the question: ${question.question}`),
    onclick: () => removeQuestion(question),
  }, say("질문 지우기", "Delete the question"));
  return questionView(question, { language, isOpen, below: [practice.view, element("div", { class: "row" }, remove)] });
}

/** Follows the grading; what is typed stays. */
function update() {
  for (const practice of practices) practice.update();
  const all = byId("grade-all");
  if (!all) return;
  all.disabled = isGrading();
  byId("grading").textContent = standing();
}

/** Sends the answers that were not graded as they are now. */
async function gradeAll() {
  const answers = practices.map(({ id }) => ({ questionId: id, answer: answerTo(openedQuestion(id)) }));
  const unsent = answers.filter(({ questionId, answer }) => asRead(answer) && asRead(answer) !== openedQuestion(questionId).feedback?.answer);
  if (!unsent.length) return tell(element("p", { class: "notice" }, say("새로 쓴 답이 없습니다.", "There is no new answer.")));
  await attempt(() => grade(unsent));
}

async function removeQuestion({ id, question }) {
  if (!confirm(say(`‘${question}’ 질문을 지울까요? 되돌릴 수 없습니다.`, `Delete the question ‘${question}’ for good?`))) return;
  const index = practices.findIndex((practice) => practice.id === id);
  await attempt(async () => {
    await deleteQuestion(id);
    const next = practices[Math.min(index, practices.length - 1)]?.view.querySelector("textarea");
    (next ?? byId("opened-title")).focus();
  });
}

async function removeInterview() {
  const { id, questionCount } = openedInterview();
  if (!confirm(say(`질문 ${questionCount}개와 채점을 모두 지웁니다. 되돌릴 수 없습니다.`, `This deletes ${questionCount} questions with their feedback, for good.`))) return;
  await attempt(async () => {
    await deleteInterview();
    removed(id);
    await show(null);
  });
}

async function attempt(work) {
  tell();
  try {
    await work();
  } catch (refused) {
    tell(problemNotice(refused));
  }
}

function tell(...notices) {
  fill(byId("opened-problem"), notices);
}

// Answering a question, and what the answer is worth.

import { element, fill } from "../dom.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { wording } from "../problems.js";
import { countedField } from "./counted.js";
import { draft, keepDraft } from "./drafts.js";
import { feedbackView } from "./feedback.js";
import { failureOf, grade, isGrading, isWaiting } from "./grading.js";
import { openedQuestion } from "./opened.js";

/** What somebody has answered to a question, sent or not. */
export function answerTo({ id, feedback }) {
  return draft(`answer ${id}`) ?? feedback?.answer ?? "";
}

/** The form for the answer to a question of the open interview, with its feedback below. */
export class Practice {
  constructor(question) {
    this.id = question.id;
    this.button = element("button", {}, say("채점받기", "Get feedback"));
    this.problem = element("div", {});
    this.result = element("div", {});
    const answer = countedField(say("내 답", "My answer"), {
      rows: 4, value: answerTo(question), oninput: ({ target }) => keepDraft(`answer ${this.id}`, target.value),
    });
    this.view = element("form", { class: "practice stack tight", onsubmit: (event) => this.send(event) },
      answer, element("div", { class: "row" }, this.button,
        element("span", { class: "note" }, say("비워 두면 0점입니다.", "A blank answer scores 0."))), this.problem, this.result);
    this.update();
  }

  async send(event) {
    event.preventDefault();
    fill(this.problem);
    this.button.disabled = true;
    try {
      await grade([{ questionId: this.id, answer: answerTo(openedQuestion(this.id)) }]);
    } catch (refused) {
      fill(this.problem, problemNotice(refused));
    } finally {
      this.update();
    }
  }

  /** Follows the grading. */
  update() {
    const failure = failureOf(this.id);
    const feedback = openedQuestion(this.id)?.feedback;
    this.button.disabled = isGrading();
    fill(this.result,
      isWaiting(this.id) ? element("p", { class: "coming note" }, say("채점하고 있습니다…", "Being graded…")) : null,
      failure ? element("p", { class: "notice bad" }, wording(failure.code, failure.detail), " ", element("code", {}, failure.code)) : null,
      feedback ? feedbackView(feedback) : null);
  }
}

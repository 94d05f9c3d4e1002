// One section of an interview while its questions are written.

import { element, fill, tag } from "../dom.js";
import { number } from "../form.js";
import { say } from "../language.js";
import { wording } from "../problems.js";
import { word } from "../words.js";
import { openAnswers, questionView } from "./question.js";

/** A section has so many questions. */
const QUESTIONS = 3;

/** The questions of a section in their order, and what became of the section. */
export class Column {
  /** By their ids. */
  questions = new Map();
  /** How many characters its model has written. */
  written = 0;
  failure = null;
  ended = false;

  constructor(index, category, language) {
    Object.assign(this, { category, language });
    const name = `live-section-${index}`;
    this.name = element("h3", { id: name });
    this.state = element("span", {});
    this.list = element("ol", { class: "questions" });
    this.below = element("div", {});
    this.view = element("section", { class: "live-section", "aria-labelledby": name },
      element("header", { class: "card-head" }, this.name, this.state), this.list, this.below);
    this.redraw();
  }

  /** A question whose text is whole; one that is there already changes nothing. */
  add(question) {
    if (this.questions.has(question.id)) return;
    this.questions.set(question.id, question);
    this.list.append(this.viewOf(question));
    this.drawState();
  }

  write(written) {
    this.written = written;
    this.drawState();
  }

  fail(failure) {
    this.failure = failure;
    this.end();
  }

  /** Nothing more will come. */
  end() {
    this.ended = true;
    this.drawState();
  }

  /** Draws all anew, in the page's language; answers that are shown stay so. */
  redraw() {
    const open = openAnswers(this.list);
    this.name.textContent = word("category", this.category);
    fill(this.list, [...this.questions.values()].map((question) => this.viewOf(question, open.has(question.id))));
    this.drawState();
  }

  viewOf(question, isOpen) {
    return questionView(question, { language: this.language, isOpen });
  }

  drawState() {
    const count = this.questions.size;
    const isWhole = this.ended || count >= QUESTIONS;
    const text = say(`질문 ${count}개`, count === 1 ? "1 question" : `${count} questions`);
    const failed = count ? tag(say(`질문 ${count}개만`, `Only ${text}`), "warn") : tag(say("멈춤", "Stopped"), "bad");
    fill(this.state, this.failure ? failed : isWhole ? tag(text, "good") : tag(say("쓰는 중", "Writing"), "accent"));
    fill(this.below, isWhole ? null : this.waiting(), this.failure ? failureView(this.failure, count) : null);
  }

  waiting() {
    const next = this.questions.size + 1;
    return element("p", { class: "coming note" }, this.written
      ? say(`${next}번 질문을 쓰고 있습니다 · 지금까지 ${number(this.written)}자`, `Writing question ${next} · ${number(this.written)} characters so far`)
      : say(`${next}번 질문을 기다립니다`, `Waiting for question ${next}`));
  }
}

function failureView({ code, detail }, count) {
  return element("p", { class: "notice bad" }, element("strong", {}, wording(code, detail)),
    count ? say(" 나온 질문은 그대로입니다.", " The questions that came stay.") : null, " ", element("code", {}, code));
}

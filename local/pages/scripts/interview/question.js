// One question, with the sentence it is about and the model answer.

import { element } from "../dom.js";
import { say } from "../language.js";

/**
 * A question as an item of a list. The model answer is folded away, so that one can answer first; `isOpen` shows it.
 * `below` are further elements.
 */
export function questionView({ id, question, answer, about }, { language, isOpen = false, below = [] }) {
  return element("li", { class: "question", "data-question": id },
    element("div", { class: "stack tight" },
      element("p", { class: "asked", lang: language }, question),
      element("figure", { class: "about" }, element("figcaption", {}, say("이력서의 이 문장에 대해", "About this sentence of the resume")),
        element("blockquote", {}, about)),
      element("details", { class: "model-answer", open: isOpen }, element("summary", {}, say("모범 답안", "Model answer")),
        element("p", { class: "said", lang: language }, answer))),
    below);
}

/** The ids of the questions below `place` whose model answers are shown. */
export function openAnswers(place) {
  return new Set([...place.querySelectorAll(".model-answer[open]")].map((answer) => answer.closest("[data-question]").dataset.question));
}

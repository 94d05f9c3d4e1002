// What an answer is worth: yes or no for each criterion, with the passage of the answer that shows it.

import { element, tag } from "../dom.js";
import { moment, number } from "../form.js";
import { say } from "../language.js";
import { isOffline } from "../notices.js";
import { word } from "../words.js";

/** The feedback on an answer. */
export function feedbackView({ answer, score, items, dropped, model, gradedAt }) {
  return element("div", { class: "feedback" },
    element("p", { class: "row" }, element("strong", { class: "score" }, say(`${number(score)}점`, `${number(score)} of 100`)),
      model ? null : tag(say("모델을 부르지 않음", "No model was called")),
      model && isOffline(model) ? tag(say("오프라인 대역의 채점", "Graded by the offline stand-in"), "warn") : null,
      element("span", { class: "note" }, moment(gradedAt))),
    answer.trim() ? element("p", { class: "graded said" }, marked(answer, items)) : element("p", { class: "note" }, say("비워 둔 답입니다.", "The answer was left blank.")),
    element("ul", { class: "criteria" }, items.map(itemView)),
    dropped ? element("p", { class: "note" }, say(
      `판정 ${number(dropped)}개는 인용이 답에 없어 인정하지 않았습니다.`, `${number(dropped)} of the judgements do not count: what they quote does not stand in the answer.`)) : null);
}

function itemView({ criterion, met, quote }) {
  return element("li", {}, element("p", { class: "row" }, met ? tag(say("예", "Yes"), "good") : tag(say("아니요", "No"), "bad"),
    element("span", { class: "strong" }, word("criterion", criterion))),
  quote ? element("blockquote", {}, quote) : null);
}

/** The answer with the quoted passages marked. Where passages overlap, one that is not met shows. */
function marked(answer, items) {
  const passages = items.map(({ met, quote }) => ({ met, start: quote ? answer.indexOf(quote) : -1, length: quote.length }))
    .filter(({ start }) => start >= 0);
  const cuts = [...new Set([0, answer.length, ...passages.flatMap(({ start, length }) => [start, start + length])])].sort((one, other) => one - other);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index];
    const over = passages.filter((passage) => passage.start <= start && end <= passage.start + passage.length);
    const text = answer.slice(start, end);
    return over.length ? element("mark", { class: over.every(({ met }) => met) ? "met" : "unmet" }, text) : text;
  });
}

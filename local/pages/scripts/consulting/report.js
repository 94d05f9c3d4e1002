// A report, section by section, each claim with what proves it.

import { element, tag } from "../dom.js";
import { day, moment, number } from "../form.js";
import { say } from "../language.js";

const SECTIONS = ["reviewAnalysis", "qnaAnalysis", "overall"];

/** Quotes that are seen before the rest of them is opened. */
const SEEN_QUOTES = 2;

/** The whole report. */
export function reportView(report) {
  const sections = SECTIONS.filter((name) => report[name]).map((name) => sectionView(name, report[name]));
  return element("article", { class: "card", lang: report.language }, head(report), sections);
}

/** One section: its summary and its claims in three lists. */
export function sectionView(name, section) {
  const lists = ["strengths", "weaknesses", "improvements"].filter((list) => section[list]?.length);
  return element("section", { class: "section" },
    element("h4", {}, sectionName(name)),
    element("p", { class: "summary" }, section.summary,
      section.summaryReplaced ? [" ", tag(say("규칙으로 쓴 요약", "Summary by rule"), "warn")] : null),
    element("div", { class: "lists" }, lists.map((list) => claimList(list, section[list]))));
}

function sectionName(name) {
  const names = {
    reviewAnalysis: ["리뷰 분석", "What the reviews say"], qnaAnalysis: ["질문 분석", "What the questions show"],
    overall: ["종합 의견", "Overall"],
  };
  return say(...(names[name] ?? [name, name]));
}

function head(report) {
  return element("header", { class: "report-head" },
    element("h3", {}, say(`${day(report.day)} 리포트`, `Report of ${day(report.day)}`)),
    report.notice ? element("p", { class: "notice warn" }, report.notice) : null,
    element("div", { class: "coverage" }, coverage(say("리뷰", "Reviews"), report.reviews), coverage(say("질문", "Questions"), report.questions)),
    report.droppedClaims ? element("p", { class: "notice" }, say(
      `모델이 낸 주장 가운데 ${number(report.droppedClaims)}개는 인용을 확인할 수 없어 뺐습니다.`,
      `${number(report.droppedClaims)} of the model’s claims were left out: their quotes could not be proven.`)) : null,
    facts(report));
}

function coverage(name, { count, used, sufficiency, message }) {
  const [text, tone] = {
    enough: [say("충분", "Enough"), "good"], limited: [say("부족", "Limited"), "warn"], none: [say("없음", "None"), ""],
  }[sufficiency];
  return element("div", {},
    element("div", { class: "row" }, element("span", { class: "strong" }, name), tag(text, tone),
      element("span", { class: "note" }, say(`${number(count)}건 중 ${number(used)}건 읽음`, `${number(used)} of ${number(count)} read`))),
    element("p", { class: "note" }, message));
}

function facts({ id, modelId, generation, countedUntil, createdAt }) {
  return element("p", { class: "facts" },
    element("span", {}, modelId ? [say("모델 ", "Model "), element("code", {}, modelId)] : say("모델을 부르지 않음", "No model was called")),
    element("span", {}, say(`${day(countedUntil)}까지의 수치`, `Counted until ${day(countedUntil)}`)),
    element("span", {}, say("세대 ", "Generation "), element("code", {}, generation)),
    element("span", {}, moment(createdAt)), element("code", {}, id));
}

function claimList(list, claims) {
  const names = { strengths: say("좋은 점", "Strengths"), weaknesses: say("아쉬운 점", "Weaknesses"), improvements: say("다음에 할 일", "Improvements") };
  return element("div", { class: `list ${list}` }, element("h5", {}, names[list]), element("ul", {}, claims.map(claimView)));
}

function claimView({ claim, count, evidence }) {
  const quotes = evidence.map(quoteView);
  const rest = quotes.splice(SEEN_QUOTES);
  const more = say(`인용 ${rest.length}개 더`, `${rest.length} more quotes`);
  return element("li", { class: "claim" },
    element("p", {}, claim, tag(say(`출처 ${number(count)}곳`, count === 1 ? "1 source" : `${number(count)} sources`))),
    element("div", { class: "quotes" }, quotes),
    rest.length ? element("details", {}, element("summary", {}, more), element("div", { class: "quotes" }, rest)) : null);
}

function quoteView({ kind, id, quote }) {
  const name = kind === "review" ? say("리뷰", "Review") : say("질문", "Question");
  return element("figure", { class: "quote" }, element("blockquote", {}, quote), element("figcaption", {}, `${name} `, element("code", {}, id)));
}

// One project of a document.

import { element, tag } from "../dom.js";
import { say } from "../language.js";
import { webLink } from "./evidence.js";
import { statementList, statementView } from "./statement.js";

/** The project that stands at `pointer`. */
export function projectView({ name, url, startDate, endDate, skills = [], roles = [], star, troubleshooting }, pointer, edit) {
  return element("section", { class: "project" },
    element("header", { class: "card-head" },
      element("h5", {}, url ? webLink(url, name) : name),
      element("span", { class: "note" }, [startDate, endDate].filter(Boolean).join(" – "))),
    element("p", { class: "row" }, skills.map((skill) => tag(skill))),
    statementList(roles, `${pointer}/roles`, edit),
    star ? story(star, STAR(), `${pointer}/star`, edit) : null,
    troubleshooting ? story(troubleshooting, TROUBLE(), `${pointer}/troubleshooting`, edit) : null);
}

const STAR = () => ({ situation: say("상황", "Situation"), task: say("과제", "Task"), action: say("행동", "Action"), result: say("결과", "Result") });
const TROUBLE = () => ({ problem: say("문제", "Problem"), hypothesis: say("가설", "Hypothesis"), attempt: say("시도", "Attempt"), result: say("결과", "Result") });

function story(parts, names, pointer, edit) {
  return element("dl", { class: "story" }, Object.entries(names).map(([key, name]) => element("div", {},
    element("dt", {}, name), element("dd", {}, statementView(parts[key], `${pointer}/${key}`, edit)))));
}

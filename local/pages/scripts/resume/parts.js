// The finished parts of a resume as its job tells of them.

import { projectView } from "../document/project.js";
import { statementList } from "../document/statement.js";
import { element, tag } from "../dom.js";
import { number } from "../form.js";
import { say } from "../language.js";

/** The view of a part `{section, repository, value}`; null for one that is not known here. */
export function partView({ section, repository, value }) {
  const views = { facts: () => facts(repository, value), projects: () => projectView(value, ""), summary: () => statementList(value, "/summary") };
  return views[section] ? element("div", { class: "section" }, views[section]()) : null;
}

/** `pulls` is null where GitHub does not say how many there are. */
function facts(repository, { commits, pulls, startDate, endDate, skills }) {
  const merged = pulls === null ? "" : say(` · 병합된 PR ${number(pulls)}개`, ` · ${number(pulls)} merged pull requests`);
  return element("div", {},
    element("p", {}, element("span", { class: "strong" }, repository), " ", element("span", { class: "note" }, say(
      `내 커밋 ${number(commits)}개`, `${number(commits)} commits of mine`), merged,
    startDate ? ` · ${startDate} – ${endDate}` : "")),
    element("p", { class: "row" }, skills.map((skill) => tag(skill))));
}

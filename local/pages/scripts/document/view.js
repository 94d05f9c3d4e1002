// A resume's document as people read it. Its texts are text nodes, whoever wrote them.

import { element, tag } from "../dom.js";
import { say } from "../language.js";
import { word } from "../words.js";
import { webLink } from "./evidence.js";
import { editableText, statementList } from "./statement.js";
import { projectView } from "./project.js";

/** The whole document; with `edit` (called with a statement's text element) its texts can be chosen for it. */
export function documentView(document, edit = null) {
  const { basics, summary = [], skills = [], projects = [] } = document;
  return element("article", { class: "document", lang: document.language },
    head(basics, document, edit),
    part(say("소개", "Summary"), [ownSummary(basics, edit), statementList(summary, "/summary", edit)]),
    part(say("기술", "Skills"), skills.length ? skillList(skills) : null),
    part(say("프로젝트", "Projects"), projects.map((project, index) => projectView(project, `/projects/${index}`, edit))),
    career(document, edit));
}

function part(title, content) {
  const shown = [content].flat().filter(Boolean);
  return shown.length ? element("section", {}, element("h4", {}, title), shown) : null;
}

function head({ name, label, email, phone }, { links = [], position }, edit) {
  const contact = [email, phone].filter(Boolean).map((text) => element("span", {}, text));
  return element("header", {},
    element("h3", { class: "person" }, name),
    element("p", { class: "label" }, label ? editableText(label, "/basics/label", edit) : word("position", position)),
    element("p", { class: "facts" }, contact, links.map(({ title, url }) => webLink(url, title))));
}

function ownSummary({ summary }, edit) {
  return summary ? element("p", { class: "statement" }, editableText(summary, "/basics/summary", edit)) : null;
}

function skillList(skills) {
  return element("ul", { class: "row skills" }, skills.map(({ name, evidence = [] }) => element("li", {},
    evidence.length ? webLink(evidence[0].url, name, { class: "tag accent", title: evidence[0].ref }) : tag(name))));
}

/** What the profile tells: employments, schools, certificates. */
function career({ work = [], education = [], certificates = [] }, edit) {
  const jobs = work.map(({ name, department, position, workType, startDate, endDate, summary }, index) => line(
    [name, department].filter(Boolean).join(" "), [position, word("workType", workType)], months(startDate, endDate),
    summary ? editableText(summary, `/work/${index}/summary`, edit) : null));
  const schools = education.map(({ institution, area, schoolType, graduationStatus, startDate, endDate }) => line(
    institution, [area, word("schoolType", schoolType), word("graduationStatus", graduationStatus)], months(startDate, endDate)));
  const papers = certificates.map(({ name, grade, date, issuer }) => line(name, [grade, issuer], date));
  return [part(say("경력", "Work"), jobs), part(say("학력", "Education"), schools), part(say("자격", "Certificates"), papers)];
}

function line(title, facts, time, more = null) {
  return element("div", { class: "line" },
    element("p", {}, element("span", { class: "strong" }, title), " ", element("span", { class: "note" }, facts.filter(Boolean).join(" · "))),
    element("p", { class: "note" }, time), more ? element("p", { class: "statement" }, more) : null);
}

/** `2025-04 – 2026-03`; open at the end for what lasts. */
export function months(start, end) {
  return start ? `${start} – ${end ?? say("현재", "now")}` : "";
}

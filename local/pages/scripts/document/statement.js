// One statement: its text, what proves it, and the button that chooses it to be changed.

import { element } from "../dom.js";
import { say } from "../language.js";
import { evidenceLine } from "./evidence.js";

/** The statements of the list at `pointer`. */
export function statementList(statements, pointer, edit) {
  if (!statements.length) return null;
  return element("ul", { class: "statements" },
    statements.map((statement, index) => element("li", {}, statementView(statement, `${pointer}/${index}`, edit))));
}

/** The statement at `pointer`. */
export function statementView({ text, evidence }, pointer, edit) {
  return element("div", { class: "statement" }, element("p", {}, editableText(text, `${pointer}/text`, edit)), evidenceLine(evidence));
}

/**
 * A text of the document in one text node, so that a place in it is the same for the browser and for the API: both
 * count UTF-16 code units. With `edit` it knows where it stands, and has a button that chooses all of it.
 */
export function editableText(text, pointer, edit) {
  if (!edit) return element("span", { class: "text" }, text);
  const place = element("span", { class: "text", "data-pointer": pointer }, text);
  const label = say(`이 글 고치기: ${text}`, `Change this text: ${text}`);
  return [place, " ", element("button", { type: "button", class: "small change", "aria-label": label, onclick: () => edit(place) }, say("고치기", "Change"))];
}

// Labelled fields and forms that say what is wrong.

import { element, fill } from "./dom.js";
import { problemNotice } from "./notices.js";

/** A labelled input; `attributes` are the input's. */
export function field(label, attributes) {
  return element("label", { class: "field" }, element("span", {}, label), element("input", attributes));
}

/** A labelled text of several lines, with how much of `maxlength` is used. */
export function textField(label, { value = "", ...attributes }) {
  const area = element("textarea", { rows: 3, ...attributes });
  area.value = value;
  const used = element("span", { class: "note used" });
  const count = () => (used.textContent = `${area.value.length} / ${attributes.maxlength}`);
  area.addEventListener("input", count);
  count();
  return element("label", { class: "field" }, element("span", {}, label), area, used);
}

/** A labelled choice; `options` are pairs of a value and what it is called. */
export function choice(label, options, { value = "", ...attributes }) {
  const select = element("select", attributes, options.map(([each, text]) => element("option", { value: each }, text)));
  select.value = value;
  return element("label", { class: "field" }, element("span", {}, label), select);
}

/** Something that is on or off. */
export function toggle(label, { checked, ...attributes }) {
  return element("label", { class: "toggle" }, element("input", { type: "checkbox", role: "switch", checked, ...attributes }), element("span", {}, label));
}

/**
 * A form with these fields and a button. `submit` gets the values by their names; while it is at work the button
 * is off, and what it is refused with stands below.
 */
export function submitting(text, fields, submit) {
  const button = element("button", { class: "primary" }, text);
  const problem = element("div", { class: "form-problem" });
  const send = async (event) => {
    event.preventDefault();
    button.disabled = true;
    fill(problem);
    try {
      await submit(Object.fromEntries(new FormData(event.target)));
    } catch (refused) {
      fill(problem, problemNotice(refused));
    } finally {
      button.disabled = false;
    }
  };
  return element("form", { class: "stack tight", onsubmit: send }, fields, element("div", { class: "row" }, button), problem);
}

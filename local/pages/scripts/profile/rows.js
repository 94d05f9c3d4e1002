// A list of entries that one can add to and take away from.

import { element } from "../dom.js";
import { choice, field } from "../fields.js";
import { say } from "../language.js";

/** The list `name` of the profile, with `node` to be put into the form. */
export class Rows {
  constructor(name, { title, most, fields }, items) {
    Object.assign(this, { name, most, fields: fields() });
    this.entries = element("div", { class: "entries" }, items.map((item) => this.entry(item)));
    this.more = element("button", { type: "button", class: "small", onclick: () => this.add() }, say("추가", "Add"));
    this.node = element("fieldset", {}, element("legend", {}, title()), this.entries, this.more);
  }

  /** What the entries say now. */
  values() {
    return [...this.entries.children].map((entry) => Object.fromEntries(this.fields.map(({ name, optional }) => {
      const { value } = entry.querySelector(`[data-field="${name}"]`);
      return [name, optional && !value ? null : value];
    })));
  }

  add() {
    if (this.entries.children.length >= this.most) return;
    this.entries.append(this.entry({}));
    this.entries.lastChild.querySelector("input, select").focus();
  }

  entry(item) {
    const remove = ({ currentTarget }) => {
      currentTarget.closest(".entry").remove();
      this.more.focus();
    };
    const inputs = this.fields.map(({ name, label, input, options, optional }) => (options
      ? choice(label, options, { "data-field": name, value: item[name] ?? options[0][0] })
      : field(label, { ...input, "data-field": name, value: item[name] ?? "", required: !optional })));
    return element("div", { class: "entry" }, inputs, element("button", { type: "button", class: "small", onclick: remove }, say("빼기", "Remove")));
  }
}

// A text whose characters are counted as the API counts them.

import { element } from "../dom.js";
import { number } from "../form.js";
import { say } from "../language.js";

/** What nobody sees and the API takes out: soft hyphens, zero-width spaces, controls of direction. */
const UNSEEN = /[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu;

/** The most characters of a text. */
const MOST = 4000;

/** A text as the API reads it, up to how blank its blanks are. */
export function asRead(text) {
  return text.replaceAll("\r\n", "\n").replace(UNSEEN, "").normalize("NFC").trim();
}

/** A labelled text of several lines with its count. What is too long is said, and nothing of it is cut off. */
export function countedField(label, { value = "", ...attributes }) {
  const area = element("textarea", attributes);
  area.value = value;
  const used = element("span", { class: "note used" });
  const count = () => {
    // Code points: `각` is one however it was typed.
    const { length } = [...asRead(area.value)];
    const text = `${number(length)} / ${number(MOST)}`;
    used.textContent = text;
    used.classList.toggle("over", length > MOST);
    area.setCustomValidity(length > MOST ? say(`글이 너무 깁니다: ${text}자`, `The text is too long: ${text} characters`) : "");
  };
  area.addEventListener("input", count);
  count();
  return element("label", { class: "field" }, element("span", {}, label), area, used);
}

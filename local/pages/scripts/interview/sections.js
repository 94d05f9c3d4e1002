// The pieces of a resume that somebody is asked about, one to three of them.

import { element, fill } from "../dom.js";
import { choice } from "../fields.js";
import { say } from "../language.js";
import { words } from "../words.js";
import { countedField } from "./counted.js";
import { EXAMPLES } from "./examples.js";

/** Questions are asked about at most so many. */
const MOST = 3;

/** The fields of `sections`, a list of `{category, content}` that follows what is typed; `changed` is told each time. */
export function sectionFields(sections, changed) {
  const place = element("div", { class: "stack tight" });
  const draw = () => {
    changed();
    const add = element("button", { type: "button", name: "add", onclick: adding, disabled: sections.length >= MOST },
      say("섹션 더하기", "Add a section"));
    fill(place, element("div", { class: "wish-sections" }, sections.map(field)), element("div", { class: "row" }, add,
      element("span", { class: "note" }, say(`${MOST}개까지 함께 물어봅니다.`, `Up to ${MOST} are asked about side by side.`))));
  };
  const adding = () => {
    sections.push({ category: unusedCategory(sections), content: "" });
    draw();
    place.querySelector(`[name="content-${sections.length - 1}"]`).focus();
  };
  const removing = (section) => () => {
    sections.splice(sections.indexOf(section), 1);
    draw();
    place.querySelector("[name=add]").focus();
  };
  const field = (section, index) => sectionField(section, index, changed, sections.length > 1 ? removing(section) : null);
  draw();
  return place;
}

/** Says of a text that it was refused, and brings it to whoever typed it. */
export function markRefused(form, index) {
  const area = form.querySelector(`[name="content-${index}"]`);
  area?.setAttribute("aria-invalid", "true");
  area?.focus();
}

function sectionField(section, index, changed, remove) {
  const typed = ({ target }) => {
    section.content = target.value;
    target.removeAttribute("aria-invalid");
    changed();
  };
  const chosen = ({ target }) => {
    section.category = target.value;
    changed();
  };
  const text = countedField(say("이력서의 글", "Text of the resume"), { name: `content-${index}`, rows: 7, required: true, value: section.content, oninput: typed });
  return element("fieldset", {},
    element("legend", {}, say(`섹션 ${index + 1}`, `Section ${index + 1}`)),
    element("div", { class: "stack tight" },
      element("div", { class: "row of-section" },
        choice(say("무엇에 대한 글인가요?", "What is it about?"), words("category"), { name: `category-${index}`, value: section.category, onchange: chosen }),
        element("button", { type: "button", onclick: () => fillIn(text.querySelector("textarea"), section) }, say("예시 채우기", "Use an example")),
        remove ? element("button", {
          type: "button", class: "danger", onclick: remove, "aria-label": say(`섹션 ${index + 1} 빼기`, `Remove section ${index + 1}`),
        }, say("빼기", "Remove")) : null),
      text));
}

/** An example takes the place of nothing, or of another example; of one's own text only if that is meant. */
function fillIn(area, { category, content }) {
  const isOwn = content.trim() && !Object.values(EXAMPLES).includes(content);
  if (isOwn && !confirm(say("쓴 글 대신 예시를 넣을까요?", "Put the example in the place of your text?"))) return;
  area.value = EXAMPLES[category];
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function unusedCategory(sections) {
  const used = sections.map(({ category }) => category);
  const categories = Object.keys(EXAMPLES);
  return categories.find((category) => !used.includes(category)) ?? categories[0];
}

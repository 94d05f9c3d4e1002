// A proposed change, before and after, in the text that it stands in.

import { element } from "../dom.js";
import { say } from "../language.js";
import { textAt } from "./pointer.js";
import { openedResume } from "./opened.js";

/** The proposal, with the buttons that apply or discard it; `actions` has a function for each. */
export function proposalView({ pointer, text, start, end, before, after }, { apply, discard }) {
  const now = textAt(openedResume().document, pointer);
  const moved = now !== text;
  return element("section", { class: "proposal", "aria-labelledby": "proposal-title" },
    element("h4", { id: "proposal-title" }, say("제안", "Proposal")),
    version(say("이전", "Before"), text.slice(0, start), element("del", {}, before), text.slice(end)),
    version(say("이후", "After"), text.slice(0, start), after ? element("ins", {}, after) : null, text.slice(end)),
    moved ? element("div", { class: "notice warn" }, element("strong", {}, say("지금 그 자리의 글", "What stands there now")),
      element("p", {}, now ?? say("(없어졌습니다)", "(it is gone)"))) : null,
    before === after ? element("p", { class: "notice warn" }, say("제안이 원래 글과 같습니다.", "The proposal is what stands there already.")) : null,
    element("p", { class: "note" }, say("고른 부분 밖의 글은 한 글자도 바뀌지 않습니다.", "Outside the selection not one character changes.")),
    element("div", { class: "row" },
      element("button", { type: "button", class: "primary", disabled: moved, onclick: pressed(apply) }, say("적용", "Apply")),
      element("button", { type: "button", onclick: discard }, say("버리기", "Discard"))));
}

function version(name, ...parts) {
  return element("figure", {}, element("figcaption", { class: "note" }, name), element("blockquote", {}, parts));
}

/** Pressed twice, it is still one change. */
function pressed(act) {
  return ({ currentTarget: button }) => {
    button.disabled = true;
    act();
  };
}

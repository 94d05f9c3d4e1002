// Changing a text by hand.

import { element } from "../dom.js";
import { submitting, textField } from "../fields.js";
import { say } from "../language.js";
import { change, openedResume } from "./opened.js";
import { isInList, withText, withoutStatement } from "./pointer.js";

/** Bounds of the texts, in characters; the label is a name, the others are paragraphs. */
const MOST = { "/basics/label": 100 };

/** The form for the chosen text; `done` is called when it is changed. */
export function handView({ pointer, text }, done) {
  const field = textField(say("글", "Text"), { name: "text", maxlength: MOST[pointer] ?? 2000, required: true, value: text });
  const save = submitting(say("그대로 저장", "Save as written"), [field], async (values) => {
    await replace(withText(openedResume().document, pointer, values.text.trim()), done);
  });
  const remove = isInList(pointer) ? submitting(say("이 문장 빼기", "Take it out"), [],
    () => replace(withoutStatement(openedResume().document, pointer), done)) : null;
  return element("details", { class: "by-hand" }, element("summary", { class: "note" }, say("직접 고치기", "Change it by hand")),
    element("p", { class: "note" }, say("직접 쓴 글에는 근거가 붙지 않습니다.", "What is written by hand has no evidence.")), save, remove);
}

async function replace(document, done) {
  await change("PUT", "", { body: { document } });
  done();
}

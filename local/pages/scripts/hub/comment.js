// One comment: its author can change it; its author and the resume's owner can delete it.

import { element, fill, tag } from "../dom.js";
import { submitting, textField } from "../fields.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { call, callForJson } from "../session.js";
import { personName } from "./cards.js";

/** The comment; `on.changed` and `on.deleted` are called with it once it is so. */
export function commentView(comment, on) {
  const item = element("li", { class: "comment" });
  drawText(item, comment, on);
  return item;
}

function drawText(item, comment, on) {
  const { id, author, mine, content, createdAt, editedAt } = comment;
  const problem = element("div");
  const remove = async () => {
    if (!confirm(say("이 댓글을 지울까요?", "Delete this comment?"))) return;
    try {
      await call("DELETE", `/hub/comments/${id}`);
      on.deleted(comment);
    } catch (refused) {
      fill(problem, problemNotice(refused));
    }
  };
  const button = (text, onclick) => element("button", { type: "button", class: "small", onclick }, text);
  const buttons = [
    mine ? button(say("고치기", "Change"), () => drawForm(item, comment, on)) : null,
    mine || on.isOwnResume ? button(say("지우기", "Delete"), remove) : null,
  ];
  fill(item,
    element("p", { class: "row" }, element("span", { class: "strong" }, personName(author)), mine ? tag(say("나", "Me"), "accent") : null,
      element("span", { class: "note" }, moment(createdAt), editedAt ? say(" · 고침", " · changed") : "")),
    element("p", { class: "said" }, content),
    element("p", { class: "row" }, buttons), problem);
}

function drawForm(item, comment, on) {
  const content = textField(say("댓글 고치기", "Change the comment"), { name: "content", maxlength: 1000, required: true, value: comment.content });
  const save = async (body) => on.changed(await callForJson("PATCH", `/hub/comments/${comment.id}`, { body }));
  fill(item, submitting(say("저장", "Save"), [content], save),
    element("button", { type: "button", class: "small", onclick: () => drawText(item, comment, on) }, say("그만두기", "Cancel")));
  item.querySelector("textarea").focus();
}

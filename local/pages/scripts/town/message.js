// One message of a room.

import { element } from "../dom.js";
import { moment } from "../form.js";
import { say } from "../language.js";

/** A message as `you` sees it; `isNew` for the first one behind what was read before. */
export function messageView({ sequence, author, text, sentAt }, you, isNew = false) {
  const isMine = author !== null && author.id === you;
  const name = author === null ? say("떠난 회원", "A member who left") : author.nickname ?? say("이름 없는 회원", "A member without a name");
  return [
    isNew ? element("li", { class: "unread-line" }, say("여기부터 새 메시지", "New from here")) : null,
    element("li", { class: isMine ? "mine" : null, "data-sequence": sequence },
      element("p", { class: "facts" }, element("span", { class: "strong" }, name), element("time", { datetime: sentAt }, moment(sentAt, { timeStyle: "short" })),
        element("span", {}, `#${sequence}`)),
      element("p", { class: "said" }, text)),
  ].filter(Boolean);
}

// What was written and is not known to be stored. Each message has a name of its own (`clientId`), under which it is
// sent as often as it takes and stored once.

import { element } from "../dom.js";
import { say } from "../language.js";

/** A second, in milliseconds. */
const SECOND = 1000;

/** Messages on their way, drawn into `place`; `send` puts a frame on the line. */
export class Outbox {
  /** `{text, view, failed}` by the message's own name. */
  messages = new Map();

  constructor(place, send) {
    Object.assign(this, { place, send });
  }

  /** Sends a new message. */
  add(text) {
    const clientId = crypto.randomUUID();
    const view = element("li", { class: "mine waiting-message" }, element("p", { class: "note" }, say("보내는 중…", "On its way…")), element("p", { class: "said" }, text));
    this.place.append(view);
    this.messages.set(clientId, { text, view, failed: false });
    this.sendOne(clientId);
  }

  /** Sends all of them again: on a new line nothing is known of those before. */
  sendAll() {
    for (const [clientId, { failed }] of this.messages) if (!failed) this.sendOne(clientId);
  }

  /** It is stored. */
  sent(clientId) {
    this.messages.get(clientId)?.view.remove();
    this.messages.delete(clientId);
  }

  /** It may be sent again in so many seconds. */
  again(clientId, seconds) {
    setTimeout(() => this.messages.has(clientId) && this.sendOne(clientId), seconds * SECOND);
  }

  /** It is refused. */
  failed(clientId) {
    const message = this.messages.get(clientId);
    if (!message) return;
    message.failed = true;
    message.view.classList.add("failed");
    message.view.querySelector(".note").textContent = say("보내지 못했습니다", "Not sent");
  }

  sendOne(clientId) {
    const { text } = this.messages.get(clientId);
    this.send({ action: "send", clientId, text });
  }
}

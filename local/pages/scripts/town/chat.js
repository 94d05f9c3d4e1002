// A room as one person sees it: what is said, who is there, what is read, and the line that mends itself.

import { element, fill, tag } from "../dom.js";
import { textField } from "../fields.js";
import { number } from "../form.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { messageView } from "./message.js";
import { Outbox } from "./outbox.js";
import { RoomView } from "./room-view.js";
import { Line } from "./socket.js";

/** How long what is missing is waited for before it is asked for, in milliseconds: often it is under way. */
const GRACE = 300;

/** How long the answer to a join is waited for, in milliseconds: an answer can be lost. */
const ANSWER = 5_000;

/** After how many joins without an answer the line is taken for dead. */
const UNANSWERED = 3;

/** How long after a frame of the gateway's own what was not answered is sent again, in milliseconds. */
const AGAIN = 1_000;

/** How often the room is joined anew although nothing is wrong: a line that nothing goes over is closed after ten minutes. */
const KEEP = 4 * 60_000;

/** How long after something was shown it is said to be read, in milliseconds. */
const MARK = 500;

/** The longest message, in characters. */
const LONGEST = 500;

/**
 * Chats in `room` for the person whose token `tokenOf(fresh)` gives, drawn into `place`. `ask(method, path, options)`
 * asks the API as that person, `name` says who it is.
 */
export class Chat {
  view = new RoomView();
  first = null;
  read = 0;
  you = null;
  unanswered = 0;

  constructor(place, room, { name, tokenOf, ask }) {
    Object.assign(this, { place, room, name, ask });
    this.draw();
    this.outbox = new Outbox(this.waiting, (frame) => this.line.send({ ...frame, roomId: room.id }));
    this.line = new Line(tokenOf, { open: () => this.join(), frame: (frame) => this.hear(frame), lost: () => this.lose() });
    this.keeping = setInterval(() => this.join(), KEEP);
    this.look = () => this.markRead();
    document.addEventListener("visibilitychange", this.look);
  }

  /** Leaves the room. */
  close() {
    this.line.send({ action: "leave", roomId: this.room.id });
    this.line.close();
    clearInterval(this.keeping);
    clearTimeout(this.marking);
    this.joinLater(null);
    document.removeEventListener("visibilitychange", this.look);
    this.place.remove();
  }

  draw() {
    this.state = element("span", {}, tag(say("연결하는 중", "Connecting"), "warn"));
    this.people = element("span", { class: "note" });
    this.marks = element("span", { class: "note" });
    this.notice = element("div");
    this.older = element("button", { type: "button", class: "small", hidden: true, onclick: () => this.readOlder() }, say("이전 메시지", "Earlier messages"));
    this.list = element("ol", { class: "said-list" });
    this.waiting = element("ol", { class: "said-list" });
    this.scroll = element("div", { class: "said-scroll", tabindex: 0, role: "log", "aria-label": say("대화", "Conversation") }, this.older, this.list, this.waiting);
    const cut = element("button", { type: "button", class: "small", onclick: () => this.line.cut() }, say("연결 끊기", "Cut the line"));
    fill(this.place,
      element("header", { class: "card-head" }, element("h3", {}, this.room.name), element("span", { class: "row" }, this.people, this.state)),
      element("p", { class: "facts" }, element("span", {}, this.name), this.marks, cut),
      this.scroll, this.notice, this.form());
  }

  form() {
    const text = textField(say("메시지", "Message"), { name: "text", maxlength: LONGEST, rows: 2, required: true });
    const area = text.querySelector("textarea");
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    const submit = (event) => {
      event.preventDefault();
      if (!area.value.trim()) return;
      fill(this.notice);
      this.outbox.add(area.value);
      area.value = "";
      area.dispatchEvent(new Event("input"));
      this.toEnd();
    };
    const form = element("form", { class: "chat-form", onsubmit: submit }, text, element("button", { class: "primary" }, say("보내기", "Send")));
    return form;
  }

  join() {
    const after = this.view.joining();
    const frame = { action: "join", roomId: this.room.id };
    if (after !== null) frame.after = after;
    if (!this.line.send(frame)) return this.view.disconnected();
    this.joinLater(ANSWER, () => {
      this.unanswered += 1;
      if (this.unanswered < UNANSWERED) return this.join();
      this.unanswered = 0;
      this.line.cut();
    });
  }

  /** Joins in so many milliseconds, unless it is answered before; null for not at all. */
  joinLater(milliseconds, work = () => this.join()) {
    clearTimeout(this.joining);
    if (milliseconds !== null) this.joining = setTimeout(work, milliseconds);
  }

  hear(frame) {
    // The gateway's own, for a function that failed: to which frame it does not say. Who joins again sends all again.
    if (!frame.type) return this.joinLater(AGAIN);
    if (frame.roomId && frame.roomId !== this.room.id) return;
    this[`on_${frame.type}`]?.(frame);
  }

  on_joined(joined) {
    this.joinLater(null);
    this.unanswered = 0;
    fill(this.state, joined.status === "OPEN" ? tag(say("연결됨", "Connected"), "good") : tag(say("닫힌 방", "Closed"), "warn"));
    this.you = joined.you;
    if (this.first === null) this.unread = joined.read;
    this.read = Math.max(this.read, joined.read);
    this.count(joined.participants);
    this.show(this.view.joined(joined));
    if (joined.more) this.join();
    this.outbox.sendAll();
  }

  on_messages({ messages }) {
    this.show(this.view.said(messages));
  }

  on_participants({ participants }) {
    this.count(participants);
  }

  on_sent({ clientId }) {
    this.outbox.sent(clientId);
  }

  on_read({ sequence }) {
    this.read = Math.max(this.read, sequence);
    this.tellMarks();
  }

  on_error(problem) {
    if (problem.code === "not_joined") return this.join();
    // The line is there, and the chat knows nothing of it.
    if (problem.code === "not_connected") return this.line.cut();
    if (problem.clientId && problem.retryAfter) return this.outbox.again(problem.clientId, problem.retryAfter);
    if (problem.clientId) this.outbox.failed(problem.clientId);
    else this.joinLater(problem.retryAfter ? problem.retryAfter * 1000 : null);
    fill(this.notice, problemNotice({ code: problem.code, message: problem.detail, retryAfter: problem.retryAfter }));
  }

  lose() {
    this.joinLater(null);
    this.view.disconnected();
    fill(this.state, tag(say("다시 연결하는 중", "Reconnecting"), "warn"));
  }

  show(messages) {
    const wasAtEnd = this.isAtEnd();
    if (messages.length && this.first === null) this.first = messages[0].sequence;
    this.list.append(...messages.flatMap((message) => messageView(message, this.you, message.sequence === this.unread + 1 && this.unread > 0)));
    this.older.hidden = this.first === null || this.first <= 1;
    if (messages.length && wasAtEnd) this.toEnd();
    this.markRead();
    if (this.view.isMissing()) setTimeout(() => this.view.isMissing() && this.join(), GRACE);
  }

  async readOlder() {
    this.older.disabled = true;
    try {
      const { items } = await this.ask("GET", `/rooms/${encodeURIComponent(this.room.id)}/messages`, { query: { before: String(this.first), limit: "50" } });
      const older = items.filter(({ sequence }) => sequence < this.first).sort((one, other) => one.sequence - other.sequence);
      const height = this.scroll.scrollHeight;
      this.list.prepend(...older.flatMap((message) => messageView(message, this.you)));
      this.scroll.scrollTop += this.scroll.scrollHeight - height;
      this.first = older[0]?.sequence ?? 1;
      this.older.hidden = this.first <= 1;
    } catch (problem) {
      fill(this.notice, problemNotice(problem));
    } finally {
      this.older.disabled = false;
    }
  }

  /** What is on a page that somebody looks at is read; it is said once for many. */
  markRead() {
    this.tellMarks();
    if (document.hidden || this.marking || (this.view.last ?? 0) <= this.read) return;
    this.marking = setTimeout(() => {
      this.marking = null;
      this.line.send({ action: "read", roomId: this.room.id, sequence: this.view.last });
    }, MARK);
  }

  tellMarks() {
    this.marks.textContent = say(`${number(this.read)}번까지 읽음 · 마지막 ${number(this.view.last ?? 0)}번`,
      `read up to ${number(this.read)} of ${number(this.view.last ?? 0)}`);
  }

  count(participants) {
    this.people.textContent = say(`${number(participants)}명`, `${number(participants)} here`);
  }

  isAtEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 40;
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }
}

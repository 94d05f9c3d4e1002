// A generation at work, as its log tells it: each section with its questions as they come, and how it ended.

import { element, fill, tag } from "../dom.js";
import { say } from "../language.js";
import { isOffline, offlineNotice } from "../notices.js";
import { wording } from "../problems.js";
import { word } from "../words.js";
import { Column } from "./column.js";

/** What `follow` tells of the job, drawn into `place`. */
export class LivePanel {
  /** By the index of the section. */
  columns = new Map();
  /** What the job told last of how far it is. */
  told = null;
  /** What the job's last event says. */
  last = null;
  isLost = false;

  /** `categories` are those of the sections that were sent; `putAway` is called by whoever has read it all. */
  constructor(place, { job, language, categories }, putAway) {
    Object.assign(this, { place, language, putAway });
    this.label = element("span", { class: "strong", role: "status" });
    this.line = element("span", {});
    this.bar = element("progress", {});
    this.after = element("div", { class: "stack tight" });
    this.sections = element("div", { class: "live-sections" });
    this.arrivals = element("p", { class: "unseen", role: "status" });
    fill(place, element("div", { class: "job-head" }, this.label, this.line), this.bar,
      element("p", { class: "facts" }, element("code", {}, job.kind), element("code", {}, job.id)),
      this.after, this.sections, this.arrivals);
    categories.forEach((category, section) => this.columnOf({ section, category }));
    this.draw();
    place.hidden = false;
  }

  /** How far the job is; or, of the step that writes a section, how many characters its model has written. */
  progress({ done, total, label, step, written }) {
    const section = sectionOf(step);
    if (section !== null) return this.columns.get(section)?.write(written);
    this.told = { done, total, label };
    this.draw();
  }

  item({ section, category, question }) {
    const column = this.columnOf({ section, category });
    column.add(question);
    const [name, count] = [word("category", category), column.questions.size];
    this.arrivals.textContent = say(`${name}: ${count}번 질문이 도착했습니다.`, `${name}: question ${count} has come.`);
  }

  /** A section failed, or, as `status` then says, the whole job. */
  error({ section, category, code, detail, status }) {
    if (status !== "failed") this.columnOf({ section, category }).fail({ code, detail });
  }

  live() {
    this.isLost = false;
    this.draw();
  }

  lost() {
    this.isLost = true;
    this.draw();
  }

  /** The job ended as its last event says; what that holds is there already, or is drawn now. */
  end(last) {
    this.last = last;
    last.result?.sections.forEach(({ category, questions, error }, section) => {
      const column = this.columnOf({ section, category });
      questions.forEach((question) => column.add(question));
      if (error) column.fail(error);
    });
    for (const column of this.columns.values()) column.end();
    this.draw();
  }

  /** Puts `hint` (a function that gives elements) below how the job ended. */
  tell(hint) {
    this.hint = hint;
    this.draw();
  }

  /** Draws all anew, in the page's language. */
  redraw() {
    for (const column of this.columns.values()) column.redraw();
    this.draw();
  }

  columnOf({ section, category }) {
    if (!this.columns.has(section)) {
      const column = new Column(section, category, this.language);
      this.columns.set(section, column);
      this.sections.append(column.view);
    }
    return this.columns.get(section);
  }

  draw() {
    const [text, ...mark] = this.last ? this.ending() : this.standing();
    if (this.label.textContent !== text) this.label.textContent = text;
    fill(this.line, tag(...mark));
    this.bar.setAttribute("aria-label", say("진행", "Progress"));
    if (this.last) Object.assign(this.bar, { max: 1, value: 1 });
    else if (this.told?.total) Object.assign(this.bar, { max: this.told.total, value: this.told.done });
    fill(this.after, this.last ? this.outcome() : null);
  }

  standing() {
    const { done, total, label } = this.told ?? {};
    const text = label ? (total ? `${label} (${done}/${total})` : label) : say("차례를 기다립니다…", "Waiting for a worker…");
    return this.isLost ? [text, say("다시 연결하는 중", "Reconnecting"), "warn"] : [text, say("실시간", "Live"), "good"];
  }

  ending() {
    const count = [...this.columns.values()].reduce((sum, { questions }) => sum + questions.size, 0);
    const made = say(`질문 ${count}개를 만들었습니다`, `${count} questions are written`);
    const endings = {
      succeeded: [made, say("마침", "Done"), "good"],
      partly_succeeded: [made, say("일부만 마침", "Partly done"), "warn"],
      failed: [say("질문을 만들지 못했습니다", "There are no questions"), say("실패", "Failed"), "bad"],
    };
    return endings[this.last.status] ?? [say("더는 볼 수 없는 작업입니다", "This job is no longer there"), say("없음", "Gone"), "warn"];
  }

  outcome() {
    const { status, code, detail, result } = this.last;
    const close = element("button", { type: "button", class: "small", onclick: this.putAway }, say("치우기", "Put away"));
    return [
      status === "failed" ? element("p", { class: "notice bad" }, wording(code, detail), " ", element("code", {}, code)) : null,
      status === "partly_succeeded" ? element("p", { class: "notice warn" },
        say("끝내지 못한 섹션이 있습니다. 나머지는 그대로입니다.", "A section was not finished. The others are whole.")) : null,
      result && isOffline(result.model) ? offlineNotice() : null,
      element("div", { class: "row" }, this.hint?.(), close),
    ];
  }
}

/** The index of the section that a step writes (`section_1_ask`, counted from 1); null for another step. */
function sectionOf(step) {
  const number = /^section_(\d+)/.exec(step ?? "")?.[1];
  return number ? Number(number) - 1 : null;
}

// A job at work, as its log tells it: how far it is, the sentences as they come, the finished parts.

import { element, fill, tag } from "./dom.js";
import { say } from "./language.js";
import { wording } from "./problems.js";

/**
 * What `follow` tells of a job, drawn into `place`. `viewOf` makes the view of a finished part, and `failure`
 * says in words that the whole job failed.
 */
export class JobPanel {
  /** By section and repository: where a part is drawn. */
  parts = new Map();

  constructor(place, job, { viewOf = () => null, failure = () => say("실패했습니다", "It failed") } = {}) {
    Object.assign(this, { place, viewOf, failure });
    this.label = element("span", { class: "strong", role: "status" }, say("차례를 기다립니다…", "Waiting for a worker…"));
    this.line = element("span", {}, tag(say("실시간", "Live"), "good"));
    this.bar = element("progress", { "aria-label": say("진행", "Progress") });
    this.body = element("div", { class: "job-body" });
    const title = element("p", { class: "facts" }, element("code", {}, job.kind), element("code", {}, job.id));
    fill(place, element("div", { class: "job-head" }, this.label, this.line), this.bar, title, this.body);
    place.hidden = false;
  }

  progress({ done, total, label }) {
    this.live();
    this.label.textContent = total ? `${label} (${done}/${total})` : label;
    if (total) Object.assign(this.bar, { max: total, value: done });
  }

  delta({ section, text }) {
    this.live();
    const place = this.placeOf({ section });
    place.textContent += text;
  }

  item(part) {
    this.live();
    const view = this.viewOf(part);
    if (!view) return;
    this.placeOf(part).replaceWith(view);
    this.parts.set(nameOf(part), view);
  }

  /** A part failed, or, as `status` then says, the whole job. */
  error({ repository, code, detail, status }) {
    if (status === "failed") {
      this.label.textContent = this.failure();
      fill(this.line, tag(say("실패", "Failed"), "bad"));
    }
    this.body.append(element("p", { class: "notice bad" },
      repository ? [element("strong", {}, repository), " "] : null, wording(code, detail), " ", element("code", {}, code)));
  }

  lost() {
    fill(this.line, tag(say("다시 연결하는 중", "Reconnecting"), "warn"));
  }

  /** It ended well: what happened is folded away, to be looked at still. */
  fold(text) {
    this.label.textContent = text;
    fill(this.line, tag(say("마침", "Done"), "good"));
    Object.assign(this.bar, { max: 1, value: 1 });
    const steps = element("details", {}, element("summary", { class: "note" }, say("과정 보기", "What happened")));
    this.body.replaceWith(steps);
    steps.append(this.body);
  }

  close() {
    this.place.hidden = true;
    fill(this.place);
  }

  live() {
    fill(this.line, tag(say("실시간", "Live"), "good"));
  }

  /** Where a part is drawn: first its sentences one by one, then all of it. */
  placeOf(part) {
    const name = nameOf(part);
    if (!this.parts.has(name)) {
      const writing = element("p", { class: "writing" });
      this.parts.set(name, writing);
      this.body.append(writing);
    }
    return this.parts.get(name);
  }
}

function nameOf({ section, repository = "" }) {
  return `${section} ${repository}`;
}

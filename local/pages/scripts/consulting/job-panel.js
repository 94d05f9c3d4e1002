// A job at work, as its log tells it: how far it is, the sentences as they come, the finished sections.

import { element, fill, tag } from "../dom.js";
import { say } from "../language.js";
import { sectionView } from "./report.js";

/** What `follow` tells of a report's job, drawn into `place`. */
export class JobPanel {
  /** By the section's name: where it is drawn. */
  sections = new Map();

  constructor(place, job) {
    this.place = place;
    this.label = element("span", { class: "strong", role: "status" }, say("차례를 기다립니다…", "Waiting for a worker…"));
    this.line = element("span", {}, tag(say("실시간", "Live"), "good"));
    this.bar = element("progress", { "aria-label": say("진행", "Progress") });
    this.body = element("div");
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
    const place = this.placeOf(section);
    place.textContent += text;
  }

  item({ section, value }) {
    this.live();
    const view = sectionView(section, value);
    this.placeOf(section).replaceWith(view);
    this.sections.set(section, view);
  }

  /** A part failed, or, as `status` then says, the whole job. */
  error({ code, detail, status }) {
    if (status === "failed") {
      this.label.textContent = say("리포트를 만들지 못했습니다", "There is no report");
      fill(this.line, tag(say("실패", "Failed"), "bad"));
    }
    this.body.append(element("p", { class: "notice bad" }, detail, " ", element("code", {}, code)));
  }

  lost() {
    fill(this.line, tag(say("다시 연결하는 중", "Reconnecting"), "warn"));
  }

  close() {
    this.place.hidden = true;
    fill(this.place);
  }

  live() {
    fill(this.line, tag(say("실시간", "Live"), "good"));
  }

  /** Where the section is drawn: first its sentences one by one, then all of it. */
  placeOf(section) {
    if (!this.sections.has(section)) {
      const writing = element("p", { class: "writing" });
      this.sections.set(section, writing);
      this.body.append(writing);
    }
    return this.sections.get(section);
  }
}

// One run: where it stands, its shards, and what was found in each dataset.

import { element, table, tag } from "../dom.js";
import { day, moment, number } from "../form.js";
import { say } from "../language.js";

/** Whether a run can still move. */
export function hasEnded({ state }) {
  return ["published", "superseded", "failed"].includes(state);
}

/** A run as a line that opens. */
export function runView(run, isOpen) {
  const total = sum(run, "rows");
  const broken = sum(run, "broken");
  return element("details", { class: "run", open: isOpen },
    element("summary", {},
      element("span", { class: "strong" }, day(run.day)),
      element("span", {}, stateTag(run.state)),
      shards(run),
      element("span", { class: "note" }, total ? say(`${number(total)}행`, `${number(total)} rows`) : "",
        broken ? say(` · 격리 ${number(broken)}행`, ` · ${number(broken)} quarantined`) : "")),
    element("div", { class: "inside" }, failure(run.error), datasets(run.datasets), facts(run)));
}

function sum({ datasets }, field) {
  return Object.values(datasets).reduce((total, dataset) => total + dataset[field], 0);
}

function stateTag(state) {
  const names = {
    queued: ["대기", "Queued", ""], ingesting: ["가져오는 중", "Ingesting", "accent"], ingested: ["가져옴", "Ingested", "accent"],
    aggregating: ["집계 중", "Aggregating", "accent"], published: ["게시됨", "Published", "good"],
    superseded: ["더 최근 것이 있음", "Superseded", "warn"], failed: ["실패", "Failed", "bad"],
  };
  const [korean, english, tone] = names[state] ?? [state, state, ""];
  return tag(say(korean, english), tone);
}

function shards({ shards: { done, total } }) {
  if (!total) return element("span", { class: "shards" });
  const text = say(`샤드 ${number(done)} / ${number(total)}`, `Shards ${number(done)} / ${number(total)}`);
  return element("span", { class: "shards" }, text, element("progress", { max: total, value: done, "aria-label": text }));
}

function failure(error) {
  return error ? element("p", { class: "notice bad" }, element("code", {}, error.code), ` ${error.detail}`) : null;
}

function datasets(counts) {
  const names = Object.keys(counts);
  if (!names.length) return element("p", { class: "note" }, say("내보내기를 다 받으면 행 수가 보입니다.", "The counts show once the export is whole."));
  const columns = [
    { name: say("데이터셋", "Dataset") }, { name: say("행", "Rows"), number: true },
    { name: say("격리", "Quarantined"), number: true }, { name: say("격리 파일", "Quarantine files") },
  ];
  return table(columns, names.map((name) => {
    const { rows, broken, quarantine } = counts[name];
    return [element("code", {}, name), number(rows), number(broken), quarantine ? element("code", {}, quarantine) : ""];
  }));
}

function facts({ id, requestedBy, createdAt, updatedAt, digest }) {
  return element("p", { class: "facts" }, element("code", {}, id),
    element("span", {}, say(`요청: ${requestedBy}`, `by ${requestedBy}`)),
    element("span", {}, say(`시작 ${moment(createdAt)}`, `from ${moment(createdAt)}`)),
    element("span", {}, say(`마지막 변화 ${moment(updatedAt)}`, `last moved ${moment(updatedAt)}`)),
    digest ? element("span", { title: digest }, say("결과 요약값 ", "digest "), element("code", {}, digest.slice(0, 16))) : null);
}

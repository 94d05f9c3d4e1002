// The weather where one is: now, the next hours and days, a line of advice, and how old all of it is.

import { byId, element, fill, tag } from "../dom.js";
import { day, moment, number, wait } from "../form.js";
import { say } from "../language.js";
import { isOffline, offlineNotice, problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { word } from "../words.js";
import { place } from "./place.js";

/** Pauses before the weather is read again while the model writes a line in the place of the rule's, in milliseconds. */
const LOOKS = [1_500, 3_000, 6_000];

let weather = null;
/** Counts the readings: an answer that comes after a later one is not shown. */
let turn = 0;

/** Draws the weather, and again when the place, the survey, the clock or who looks at it change. */
export function drawWeather() {
  for (const event of ["maru:place", "maru:survey", "maru:clock"]) document.addEventListener(event, () => read());
  drawForSession(() => read());
}

async function read(looks = LOOKS) {
  const now = ++turn;
  const { lat, lon } = place();
  try {
    const answer = await callForJson("GET", "/weather", { query: { lat: String(lat), lon: String(lon) } });
    if (now !== turn) return;
    weather = answer;
    draw();
    // A member is given a line by the model, once it is written.
    if (who() && weather.advice.source === "rule" && looks.length) setTimeout(() => now === turn && read(looks.slice(1)), looks[0]);
  } catch (problem) {
    if (now === turn) fill(byId("weather"), problemNotice(problem));
  }
}

function draw() {
  const { cell, province, observedAt, ageSeconds, stale, now, hours, days } = weather;
  fill(byId("weather"),
    element("p", { class: "facts" }, element("span", {}, place().name), element("span", {}, province?.name ?? say("시·도 없음", "no province")),
      element("span", {}, say(`격자 ${cell.nx}, ${cell.ny}`, `cell ${cell.nx}, ${cell.ny}`))),
    element("div", { class: "now" }, element("span", { class: "temperature" }, degrees(now.temperature)),
      element("span", {}, say(`체감 ${degrees(now.felt)}`, `feels like ${degrees(now.felt)}`)), element("span", {}, sight(now)),
      now.humidity === null ? null : element("span", { class: "note" }, say(`습도 ${number(now.humidity)}%`, `humidity ${number(now.humidity)}%`)),
      now.windSpeed === null ? null : element("span", { class: "note" }, say(`바람 ${number(now.windSpeed)} m/s`, `wind ${number(now.windSpeed)} m/s`))),
    element("p", { class: "row" }, stale ? tag(say("오래된 값", "Stale"), "warn") : tag(say("최신", "Fresh"), "good"),
      element("span", { class: "note" }, now.origin === "OBSERVED" ? say(`${moment(observedAt)} 관측`, `observed ${moment(observedAt)}`) : say(`${moment(observedAt)} 예보`, `forecast for ${moment(observedAt)}`),
        " · ", say(`${wait(ageSeconds)} 전`, `${wait(ageSeconds)} ago`)),
      element("button", { type: "button", class: "small", onclick: () => read() }, say("새로 읽기", "Read again"))),
    adviceView(weather.advice),
    element("ul", { class: "hours", "aria-label": say("다음 시간들", "The next hours") }, hours.map(hourView)),
    element("ul", { class: "lines" }, days.map(dayView)));
}

function adviceView({ text, source, model, remark }) {
  const by = source === "model" ? [element("code", {}, model)] : [say("규칙이 쓴 말", "written by rule")];
  return element("div", { class: "advice stack tight" },
    element("p", { class: "notice" }, element("strong", {}, text), remark ? [" ", remark] : null, element("span", { class: "note" }, " — ", by)),
    model && isOffline(model) ? offlineNotice() : null);
}

function hourView(hour) {
  return element("li", {}, element("span", { class: "note" }, moment(hour.at, { hour: "numeric" })), element("span", { class: "strong" }, degrees(hour.temperature)),
    element("span", {}, sight(hour)), element("span", { class: "note" }, amount(hour) ?? (hour.chance === null ? "" : `${number(hour.chance)}%`)));
}

function dayView({ day: when, lowest, highest, precipitation, chance, sky }) {
  return element("li", {}, element("span", { class: "strong" }, day(when, "medium")), element("span", {}, sight({ precipitation, sky })),
    element("span", { class: "note" }, `${degrees(lowest)} / ${degrees(highest)}`), element("span", { class: "note" }, chance === null ? "" : `${number(chance)}%`));
}

function sight({ precipitation, sky }) {
  if (precipitation && precipitation !== "NONE") return word("falling", precipitation);
  return sky ? word("sky", sky) : "";
}

/** How much falls in an hour, where something does. */
function amount({ rain, snow }) {
  const written = (part, unit) => (part && part.to !== 0 ? `${part.from === part.to ? number(part.from) : `${number(part.from)}–${part.to === null ? "" : number(part.to)}`} ${unit}` : null);
  return written(snow, "cm") ?? written(rain, "mm");
}

function degrees(value) {
  return value === null || value === undefined ? "–" : `${number(value)} ℃`;
}

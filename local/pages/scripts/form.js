// Numbers and times as people read them, in the page's language.

import { language } from "./language.js";

const locale = () => (language() === "en" ? "en-GB" : "ko-KR");
const SEOUL = "Asia/Seoul";

/** `12,345` */
export function number(value) {
  return new Intl.NumberFormat(locale()).format(value);
}

/** `12,345원` or `₩12,345` */
export function won(value) {
  return language() === "en" ? `₩${number(value)}` : `${number(value)}원`;
}

/** A moment (RFC 3339) as the clocks in Seoul show it. */
export function moment(text, style = { dateStyle: "medium", timeStyle: "short" }) {
  return new Intl.DateTimeFormat(locale(), { ...style, timeZone: SEOUL }).format(new Date(text));
}

/** So many seconds as people wait for them: `5초`, `3분`, `2시간`, the last two rounded up. */
export function wait(seconds) {
  const [count, unit] = seconds < 120 ? [seconds, "second"] : seconds < 7200 ? [seconds / 60, "minute"] : [seconds / 3600, "hour"];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(Math.ceil(count));
}

/** A calendar day `YYYY-MM-DD` in words; shorter with the style `medium`. */
export function day(text, dateStyle = "long") {
  return new Intl.DateTimeFormat(locale(), { dateStyle, timeZone: "UTC" }).format(new Date(`${text}T00:00:00Z`));
}

/** The calendar day before another, both as `YYYY-MM-DD`: periods end with the day after their last. */
export function dayBefore(text) {
  return new Date(Date.parse(`${text}T00:00:00Z`) - 24 * 3600 * 1000).toISOString().slice(0, 10);
}

/** The calendar day in Seoul of a moment, as `YYYY-MM-DD`. */
export function seoulDay(date) {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: SEOUL }).format(date);
}

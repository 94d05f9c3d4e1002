// Which resumes are listed, and in which order. It is kept in the address, so that it can be shared.

import { byId, element, fill } from "../dom.js";
import { choice, toggle } from "../fields.js";
import { say } from "../language.js";
import { drawForSession, who } from "../session.js";
import { words } from "../words.js";

const NAMES = ["position", "schoolType", "sort", "liked"];

/** `{position, schoolType, sort, liked}`, each empty if not chosen. */
export function filters() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? ""]));
}

/** Draws the filters; a change tells everyone who listens for `maru:filters`. */
export function drawFilters() {
  byId("filters").addEventListener("change", ({ target }) => {
    choose(target.name, target.type === "checkbox" ? (target.checked ? "true" : "") : target.value);
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  drawForSession(draw);
}

function draw() {
  const { position, schoolType, sort, liked } = filters();
  const focused = document.activeElement?.name;
  const all = ["", say("전체", "All")];
  fill(byId("filters"),
    choice(say("직무", "Position"), [all, ...words("position")], { name: "position", value: position }),
    choice(say("학력", "School"), [all, ...words("schoolType")], { name: "schoolType", value: schoolType }),
    choice(say("순서", "Order"), words("sort"), { name: "sort", value: sort || "recent" }),
    who() ? toggle(say("내가 좋아한 것만", "Only what I like"), { name: "liked", checked: liked === "true" })
      : element("p", { class: "note" }, say("로그인하면 좋아한 것만 볼 수 있습니다.", "Sign in to see only what you like.")));
  if (focused) byId("filters").querySelector(`[name="${focused}"]`)?.focus();
}

function choose(name, value) {
  const query = new URLSearchParams(location.search);
  if (value) query.set(name, value);
  else query.delete(name);
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
  document.dispatchEvent(new Event("maru:filters"));
}

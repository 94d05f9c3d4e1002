// The frame of every page: where one can go, the language, the theme.

import { byId, element, fill } from "./dom.js";
import { drawInLanguage, language, say, setLanguage } from "./language.js";
import { setTheme, theme } from "./theme.js";

const PAGES = [
  ["/", "홈", "Home"], ["/resume", "이력서", "Resumes"], ["/hub", "허브", "Hub"], ["/interview", "면접", "Interview"],
  ["/town", "동네", "Town"], ["/plan", "요금제", "Plan"], ["/consulting", "컨설팅", "Consulting"], ["/docs", "API 문서", "API"],
];

/** What a page puts into its frame beside the switches. */
const extra = [];

/** Draws the frame, with `parts` (elements that take care of themselves) beside the switches. */
export function drawShell(...parts) {
  extra.push(...parts);
  drawInLanguage(draw);
}

function draw() {
  const pages = PAGES.map(([path, korean, english]) =>
    element("a", { href: path, "aria-current": location.pathname === path ? "page" : null }, say(korean, english)));
  fill(byId("shell"), element("div", { class: "bar" },
    element("a", { class: "brand", href: "/", "aria-label": say("마루", "Maru") },
      element("img", { src: "/assets/maru.svg", alt: "" }), element("span", {}, say("마루", "Maru"))),
    element("nav", { class: "pages", "aria-label": say("주요 페이지", "Main pages") }, pages),
    element("div", { class: "switches" }, extra, languageSwitch(), themeSwitch())));
}

function languageSwitch() {
  const choices = [["ko", "한국어"], ["en", "EN"]];
  return choice(say("언어", "Language"), choices, language(), setLanguage);
}

function themeSwitch() {
  const choices = [["auto", say("자동", "Auto")], ["light", say("밝게", "Light")], ["dark", say("어둡게", "Dark")]];
  return choice(say("화면 색", "Theme"), choices, theme(), (chosen) => {
    setTheme(chosen);
    draw();
  });
}

/** Buttons of which one is pressed; the focus stays where it was although they are drawn anew. */
function choice(label, choices, chosen, choose) {
  const buttons = choices.map(([value, text]) => element("button", {
    type: "button",
    id: `choose-${value}`,
    "aria-pressed": String(value === chosen),
    onclick: () => {
      choose(value);
      byId(`choose-${value}`)?.focus();
    },
  }, text));
  return element("div", { class: "switch", role: "group", "aria-label": label }, buttons);
}

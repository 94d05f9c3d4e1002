// The six charts, each as a picture or as JSON.

import { byId, element, fill } from "../dom.js";
import { language, say } from "../language.js";
import { send } from "../maru.js";
import { problemNotice } from "../notices.js";
import { shownTheme } from "../theme.js";
import { selection } from "./selection.js";

const CHARTS = ["monthly-revenue", "revenue-share", "revenue-trend", "completion", "progress-groups", "lectures-per-student"];

/** Those that a lecture or a range changes. */
const SELECTED = new Set(["revenue-trend", "progress-groups"]);

/** Draws the charts, and each again when what it shows changes. */
export function drawCharts() {
  const cards = CHARTS.map((name) => new ChartCard(name));
  fill(byId("charts"), cards.map((card) => card.node));
  for (const event of ["maru:selection", "maru:language", "maru:theme", "maru:generation"]) {
    document.addEventListener(event, () => {
      const affected = cards.filter(({ name }) => event !== "maru:selection" || SELECTED.has(name));
      affected.forEach((card) => card.draw());
    });
  }
  cards.forEach((card) => card.draw());
}

class ChartCard {
  /** `picture` or `json`. */
  view = "picture";
  /** The address of the picture that is shown. */
  address = null;
  /** Counts the drawings: an answer that comes after a later question is not shown. */
  turn = 0;

  constructor(name) {
    this.name = name;
    this.body = element("div", { class: "waiting" }, "…");
    this.caption = element("figcaption");
    this.node = element("figure", { class: "card chart" }, this.body, this.caption);
  }

  async draw() {
    const turn = ++this.turn;
    this.drawCaption();
    let shown;
    try {
      shown = await (this.view === "picture" ? this.picture() : this.json());
    } catch (problem) {
      shown = problemNotice(problem);
    }
    if (turn !== this.turn) return;
    this.body.replaceWith(shown);
    this.body = shown;
  }

  async picture() {
    const answer = await this.ask("image/svg+xml", { language: language(), theme: shownTheme() });
    const text = await answer.text();
    URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    const alt = wording(text);
    return element("div", { class: "picture", tabindex: "0", role: "group", "aria-label": alt.title },
      element("img", { src: this.address, alt: `${alt.title}. ${alt.description}`, width: alt.width, height: alt.height }));
  }

  async json() {
    const chart = await (await this.ask("application/json")).json();
    return element("pre", { class: "code", tabindex: "0" }, JSON.stringify(chart, null, 2));
  }

  ask(accept, style = {}) {
    const chosen = SELECTED.has(this.name) ? selection() : {};
    return send("lecturer", "GET", `/consulting/dashboard/${this.name}`, { accept, query: { ...chosen, ...style } });
  }

  drawCaption() {
    const choose = (view) => () => {
      this.view = view;
      this.draw();
      this.caption.querySelector("[aria-pressed=true]").focus();
    };
    const button = (view, text) =>
      element("button", { type: "button", "aria-pressed": String(this.view === view), onclick: choose(view) }, text);
    fill(this.caption, element("code", {}, this.name),
      element("div", { class: "switch", role: "group", "aria-label": say("보기", "View") },
        button("picture", say("그림", "Picture")), button("json", "JSON")));
  }
}

/** What a picture says of itself, for those who do not see it. It is only read, never put into the page. */
function wording(svg) {
  // Its style sheet is for the picture; read in here, the page's policy would complain of it.
  const plain = svg.replace(/<style>[^]*?<\/style>/, "");
  const root = new DOMParser().parseFromString(plain, "image/svg+xml").documentElement;
  const text = (name) => root.querySelector(name)?.textContent ?? "";
  return { title: text("title"), description: text("desc"), width: root.getAttribute("width"), height: root.getAttribute("height") };
}

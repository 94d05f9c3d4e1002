// Elements out of code. Text is always a text node: nothing that a page is given is ever read as markup.

/**
 * An element. `properties` are attributes, but for `class`, for `on…` (listeners), and for `null` or `false`
 * (left out); children are nodes, texts, or nothing.
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...flatten(children));
  return made;
}

/** Puts `children` in the place of everything in `parent`. */
export function fill(parent, ...children) {
  parent.replaceChildren(...flatten(children));
}

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A table: `columns` are `{name, number?}`, each row a list of cells (nodes or texts). */
export function table(columns, rows, properties = {}) {
  const side = (column) => (column.number ? { class: "number" } : {});
  const heads = columns.map((column) => element("th", { scope: "col", ...side(column) }, column.name));
  const lines = rows.map((cells) =>
    element("tr", {}, cells.map((cell, index) => element("td", side(columns[index]), cell))));
  const made = element("table", properties, element("thead", {}, element("tr", {}, heads)), element("tbody", {}, lines));
  return element("div", { class: "scroll" }, made);
}

/** A small word in a coloured field; `tone` is `good`, `warn`, `bad`, `accent` or nothing. */
export function tag(text, tone = "") {
  return element("span", { class: `tag ${tone}`.trim() }, text);
}

function flatten(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

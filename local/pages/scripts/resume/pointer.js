// Places in a document.

/** The text at a JSON Pointer; undefined if there is none. */
export function textAt(document, pointer) {
  const found = tokens(pointer).reduce((value, token) => value?.[token], document);
  return typeof found === "string" ? found : undefined;
}

/** The document with `text` at a place. */
export function withText(document, pointer, text) {
  const changed = structuredClone(document);
  const names = tokens(pointer);
  const last = names.pop();
  names.reduce((value, token) => value[token], changed)[last] = text;
  return changed;
}

/** Whether the text at a place is a statement of a list, which can do without it. */
export function isInList(pointer) {
  return /\/\d+\/text$/.test(pointer);
}

/** The document without the statement whose text is at a place of a list. */
export function withoutStatement(document, pointer) {
  const changed = structuredClone(document);
  const [index, ...list] = tokens(pointer).slice(0, -1).reverse();
  list.reverse().reduce((value, token) => value[token], changed).splice(Number(index), 1);
  return changed;
}

function tokens(pointer) {
  return pointer.split("/").slice(1);
}

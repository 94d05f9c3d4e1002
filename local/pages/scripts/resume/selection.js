// What is selected of the document's texts, with the mouse or from the keyboard.
//
// A place in a text is counted in UTF-16 code units, by the browser as by the API. A selection is widened to whole
// characters as people see them (extended grapheme clusters): the API takes no part of one.

/** Tells everyone who listens for `maru:chosen` what is chosen: `{pointer, text, start, end}`. */
let chosen = null;

/** What is chosen; null for nothing. */
export function chosenText() {
  return chosen;
}

/** Follows the browser's selection in the element `root`. */
export function watchSelection(root) {
  document.addEventListener("selectionchange", () => {
    const found = selectedWithin(root);
    if (found) choose(found);
  });
}

/** Chooses the whole text of an element that `editableText` made. */
export function chooseAll(place) {
  const text = place.textContent;
  choose({ pointer: place.dataset.pointer, text, start: 0, end: text.length });
  document.dispatchEvent(new Event("maru:chosen-by-key"));
}

/** Chooses another range of the text that is chosen from. */
export function chooseRange(start, end) {
  if (chosen && end > start) choose({ ...chosen, ...wholeCharacters(chosen.text, start, end) });
}

/** Chooses nothing. */
export function chooseNothing() {
  choose(null);
}

function choose(next) {
  chosen = next;
  mark();
  document.dispatchEvent(new Event("maru:chosen"));
}

/** The selection as far as it lies in the first text that it touches. */
function selectedWithin(root) {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  for (const place of root.querySelectorAll("[data-pointer]")) {
    const node = place.firstChild;
    const start = range.startContainer === node ? range.startOffset : 0;
    const end = range.endContainer === node ? range.endOffset : node.length;
    // One that only touches the text's edge selects nothing of it.
    if (!range.intersectsNode(node) || end <= start || range.comparePoint(node, end) !== 0) continue;
    return { pointer: place.dataset.pointer, text: node.data, ...wholeCharacters(node.data, start, end) };
  }
  return null;
}

/** The range, widened to whole characters. */
export function wholeCharacters(text, start, end) {
  const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text);
  const last = characters.containing(end - 1);
  return { start: characters.containing(start).index, end: last.index + last.segment.length };
}

/** Shows what is chosen while the keyboard is elsewhere, where the browser can. */
function mark() {
  if (!CSS.highlights) return;
  CSS.highlights.delete("chosen");
  if (!chosen) return;
  const place = document.querySelector(`[data-pointer="${CSS.escape(chosen.pointer)}"]`);
  if (place?.textContent !== chosen.text) return;
  const range = new Range();
  range.setStart(place.firstChild, chosen.start);
  range.setEnd(place.firstChild, chosen.end);
  CSS.highlights.set("chosen", new Highlight(range));
}

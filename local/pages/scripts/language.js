// Korean first, English on demand. What stands in the HTML carries its English in `data-en` (its label's in
// `data-en-label`); what scripts make asks `say`.

const STORED = "maru.language";
const root = document.documentElement;

/** `ko` or `en`. */
export function language() {
  return root.lang;
}

/** The one of two wordings that is in the page's language. */
export function say(korean, english) {
  return language() === "en" ? english : korean;
}

/** Changes the language for good, and tells everyone who listens for `maru:language` on the document. */
export function setLanguage(chosen) {
  localStorage.setItem(STORED, chosen);
  apply(chosen);
  document.dispatchEvent(new Event("maru:language"));
}

/** Calls `draw` now and each time the language changes. */
export function drawInLanguage(draw) {
  document.addEventListener("maru:language", draw);
  draw();
}

function apply(chosen) {
  root.lang = chosen;
  for (const marked of document.querySelectorAll("[data-en]")) {
    marked.dataset.ko ??= marked.textContent;
    marked.textContent = chosen === "en" ? marked.dataset.en : marked.dataset.ko;
  }
  for (const marked of document.querySelectorAll("[data-en-label]")) {
    marked.dataset.koLabel ??= marked.getAttribute("aria-label") ?? "";
    marked.setAttribute("aria-label", chosen === "en" ? marked.dataset.enLabel : marked.dataset.koLabel);
  }
}

const asked = new URLSearchParams(location.search).get("language") ?? localStorage.getItem(STORED);
apply(asked === "en" ? "en" : "ko");

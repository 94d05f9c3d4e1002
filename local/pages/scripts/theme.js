// Light, dark, or what the system prefers.

const STORED = "maru.theme";
const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** What was chosen: `auto`, `light` or `dark`. */
export function theme() {
  return root.dataset.theme;
}

/** What it comes to on this screen: `light` or `dark`. */
export function shownTheme() {
  if (theme() !== "auto") return theme();
  return prefersDark.matches ? "dark" : "light";
}

/** Chooses for good, and tells everyone who listens for `maru:theme` on the document. */
export function setTheme(chosen) {
  localStorage.setItem(STORED, chosen);
  root.dataset.theme = chosen;
  tell();
}

function tell() {
  document.dispatchEvent(new Event("maru:theme"));
}

const asked = new URLSearchParams(location.search).get("theme") ?? localStorage.getItem(STORED);
root.dataset.theme = ["light", "dark"].includes(asked) ? asked : "auto";
prefersDark.addEventListener("change", tell);

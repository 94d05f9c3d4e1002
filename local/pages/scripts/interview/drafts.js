// What somebody has typed and not sent, kept in this tab, so that neither a reload nor another language loses it.

const KEPT = "maru.interview-drafts";

const kept = JSON.parse(sessionStorage.getItem(KEPT)) ?? { member: null, values: {} };

/** What was typed under this name; undefined for nothing. */
export function draft(name) {
  return kept.values[name];
}

/** Keeps what is typed under this name. */
export function keepDraft(name, value) {
  kept.values[name] = value;
  keep();
}

/** Whose drafts they are from now on: a guest's go on when the guest signs in, a member's end with them. */
export function draftsOf(member) {
  if (kept.member && kept.member !== member) kept.values = {};
  kept.member = member;
  keep();
}

function keep() {
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

// What the charts show: a lecture or all, and a range. It is kept in the address, so that it can be shared.

const FIELDS = { lectureId: "lecture", from: "from", to: "to" };
const parameters = () => new URLSearchParams(location.search);

/** `{lectureId, from, to}`, each empty if not chosen. */
export function selection() {
  return Object.fromEntries(Object.entries(FIELDS).map(([field, name]) => [field, parameters().get(name) ?? ""]));
}

/**
 * Changes some of it, and tells everyone who listens for `maru:selection` on the document. (A bare
 * `selectionchange` is the browser's own: somebody selects text.)
 */
export function select(changes) {
  const query = parameters();
  for (const [field, value] of Object.entries(changes)) {
    if (value) query.set(FIELDS[field], value);
    else query.delete(FIELDS[field]);
  }
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  document.dispatchEvent(new Event("maru:selection"));
}

// Which job was started last, so that a reloaded page, or another tab, watches it again from its beginning.
//
// A guest's job is known by its `streamUrl` alone, and nothing else holds what came of it.

/** Keeps what was started, `{member, job, …}`, under this name: for this tab, and for tabs that have started nothing. */
export function keepStarted(name, started) {
  for (const storage of [sessionStorage, localStorage]) storage.setItem(name, JSON.stringify(started));
}

/** Keeps it for this tab alone, however the tab knew of it. */
export function keepForTab(name, started) {
  forgetStarted(name, started.job);
  sessionStorage.setItem(name, JSON.stringify(started));
}

/** What was started under this name; null for nothing that `member` (null for a guest) may see. */
export function startedOf(name, member) {
  const started = read(sessionStorage, name) ?? read(localStorage, name);
  return started?.member && started.member !== member ? null : started;
}

/** Forgets a job, unless another one was started since. */
export function forgetStarted(name, job) {
  for (const storage of [sessionStorage, localStorage]) {
    if (read(storage, name)?.job.id === job.id) storage.removeItem(name);
  }
}

function read(storage, name) {
  return JSON.parse(storage.getItem(name));
}

// A job, watched live.

import { onThisOrigin } from "./maru.js";

/**
 * After so many milliseconds without an event the log is opened anew: a machine that slept has a dead line and may
 * not know. What keeps the line open in between, every 15 s, is not shown to scripts.
 */
const SILENCE = 45_000;

/** Pauses between the tries to open a log that the API does not give just now, in milliseconds. */
const SHORTEST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

/** The API's words for a log that has ended, all of it seen, and for one that is not there. */
const NOTHING_COMES = [204, 404];

/**
 * Follows a job's log from its beginning until it ends, each event once. `on` has functions for `progress`, `delta`
 * and `item`, `error` (a part failed, or the job did), each of which gets the event's data, and for `live` and `lost`
 * (the line is open, or being mended). Gives what the job's last event says: `{status, …}`; the status is `unknown`
 * if the log is not there, or once `signal` says to stop.
 */
export function follow(job, on, signal) {
  return new Promise((resolve) => {
    const line = new Line(onThisOrigin(job.streamUrl), on, resolve);
    signal?.addEventListener("abort", () => line.end({ status: "unknown" }));
  });
}

/** The way to a log, however often it has to be opened. */
class Line {
  /** The number of the last event that was seen. */
  seen = 0;
  pause = SHORTEST_PAUSE;
  ended = false;

  constructor(address, on, resolve) {
    Object.assign(this, { address, on, resolve });
    this.open();
  }

  /** Opens the log behind what was seen. */
  open() {
    this.source?.close();
    this.source = new EventSource(this.place());
    for (const name of ["progress", "delta", "item", "done", "error"]) {
      this.source.addEventListener(name, (event) => this.hear(name, event));
    }
    this.source.addEventListener("open", () => this.on.live?.());
    this.waitFor(SILENCE);
  }

  place() {
    const url = new URL(this.address, location.href);
    if (this.seen) url.searchParams.set("after", this.seen);
    return url;
  }

  hear(name, { data, lastEventId }) {
    // The browser's own event for a cut line has the name of an error and no data.
    if (data === undefined) return this.lose();
    this.waitFor(SILENCE);
    this.pause = SHORTEST_PAUSE;
    if (Number(lastEventId) <= this.seen) return;
    this.seen = Number(lastEventId);
    const told = JSON.parse(data);
    if (name !== "done") this.on[name]?.(told);
    if (name === "done" || (name === "error" && told.status === "failed")) this.end(told);
  }

  /** Opens the log anew unless an event comes before. */
  waitFor(time) {
    clearTimeout(this.opening);
    this.opening = setTimeout(() => this.open(), time);
  }

  /** The browser mends a cut line by itself, from where it was, unless it was given something else than a log. */
  lose() {
    if (this.source.readyState === EventSource.CLOSED) this.mend();
    else this.on.lost?.();
  }

  /** What is not a log now may be one later, unless the API says that nothing will come. */
  async mend() {
    const status = await statusOf(this.place());
    if (this.ended) return;
    if (NOTHING_COMES.includes(status)) return this.end({ status: "unknown" });
    this.on.lost?.();
    this.waitFor(this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }

  end(last) {
    this.ended = true;
    clearTimeout(this.opening);
    this.source.close();
    this.resolve(last);
  }
}

/** What the API answers there: the status, or 0 for nothing at all. */
async function statusOf(place) {
  const stop = new AbortController();
  try {
    return (await fetch(place, { signal: stop.signal })).status;
  } catch {
    return 0;
  } finally {
    stop.abort();
  }
}

// A job, watched live.

import { onThisOrigin } from "./maru.js";

/**
 * Follows a job's log from its beginning until it ends. `on` has a function for each of `progress`, `delta`,
 * `item`, `error` (a part failed, or the job did) and `lost` (the line is being mended); each gets the event's
 * data. Gives what the job's last event says: `{status, …}`.
 */
export function follow(job, on) {
  return new Promise((resolve) => {
    const source = new EventSource(onThisOrigin(job.streamUrl));
    const end = (last) => {
      source.close();
      resolve(last);
    };
    for (const name of ["progress", "delta", "item"]) {
      source.addEventListener(name, (event) => on[name](JSON.parse(event.data)));
    }
    source.addEventListener("done", (event) => end(JSON.parse(event.data)));
    source.addEventListener("error", (event) => {
      // The browser's own event for a cut line has the same name and no data; it mends the line by itself,
      // unless the server said that nothing will come any more.
      if (event.data === undefined) {
        if (source.readyState === EventSource.CLOSED) end({ status: "unknown" });
        else on.lost();
        return;
      }
      const failure = JSON.parse(event.data);
      on.error(failure);
      if (failure.status === "failed") end(failure);
    });
  });
}

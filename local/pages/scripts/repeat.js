// Doing something again and again for as long as somebody looks.

/** Does `work` now, when the language changes, and every `pause` milliseconds while the page is seen. */
export function repeat(pause, work) {
  let timer;
  let running = false;
  const turn = async () => {
    clearTimeout(timer);
    if (running) return;
    running = true;
    try {
      await work();
    } finally {
      running = false;
      if (!document.hidden) timer = setTimeout(turn, pause);
    }
  };
  document.addEventListener("visibilitychange", () => document.hidden || turn());
  document.addEventListener("maru:language", turn);
  turn();
}

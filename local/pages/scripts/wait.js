// When something that was refused for now may be asked again.

import { element } from "./dom.js";
import { wait } from "./form.js";
import { say } from "./language.js";

/** A second, in milliseconds. */
const SECOND = 1000;

/** Says that it is in so many seconds, counts them down, and says when they are over. */
export function waiting(seconds) {
  const over = Date.now() + seconds * SECOND;
  // Of a timer nobody is told each second.
  const text = element("p", { role: "timer" });
  const tell = () => {
    const left = Math.ceil((over - Date.now()) / SECOND);
    text.textContent = left > 0 ? say(`${wait(left)} 뒤에 다시 할 수 있습니다.`, `You can try again in ${wait(left)}.`)
      : say("이제 다시 할 수 있습니다.", "You can try again now.");
    if (left > 0) setTimeout(() => text.isConnected && tell(), SECOND);
  };
  tell();
  return text;
}

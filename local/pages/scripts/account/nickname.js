// Whether a nickname is free, said while somebody chooses one.

import { element, fill } from "../dom.js";
import { say } from "../language.js";
import { local } from "../maru.js";
import { wording } from "../problems.js";

/** Puts a line below the field of a nickname; `own` is the one that the member has already. */
export function drawNicknameHint(field, own = "") {
  const hint = element("span", { class: "note", role: "status" });
  field.append(hint);
  const input = field.querySelector("input");
  input.addEventListener("input", () => fill(hint));
  input.addEventListener("change", async () => {
    const nickname = input.value.trim();
    if (!nickname || nickname === own) return;
    const said = await ask(nickname);
    if (input.value.trim() === nickname) fill(hint, said);
  });
}

async function ask(nickname) {
  try {
    const { available } = await local(`/nicknames/${encodeURIComponent(nickname)}`);
    return available ? say("쓸 수 있습니다.", "It is free.") : wording("nickname_taken", "It is taken.");
  } catch (problem) {
    return problem.errors?.[0]?.message ?? wording(problem.code, problem.message);
  }
}

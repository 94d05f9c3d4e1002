// What questions are asked for: a job, a career, a language, and pieces of a resume.

import { byId, element, fill } from "../dom.js";
import { choice, submitting } from "../fields.js";
import { language, say } from "../language.js";
import { callForJson, drawForSession, who } from "../session.js";
import { words } from "../words.js";
import { draft, draftsOf, keepDraft } from "./drafts.js";
import { watch } from "./live.js";
import { markRefused, sectionFields } from "./sections.js";

/** The request whose answer was lost, and its idempotency key: sent again, it is still one. */
let unanswered = { body: "", key: "" };

/** Draws the form; what is typed in it stays when somebody signs in, and when the page is loaded again. */
export function drawWish() {
  drawForSession(() => {
    draftsOf(who()?.id ?? null);
    draw(draft("wish") ?? firstWish());
  });
}

function firstWish() {
  return { job: "BACKEND", career: "JUNIOR", language: language(), sections: [{ category: "INTRODUCTION", content: "" }] };
}

function draw(wish) {
  const changed = () => keepDraft("wish", wish);
  const oneOf = (name, label) => choice(label, words(name), {
    name,
    value: wish[name],
    onchange: ({ target }) => {
      wish[name] = target.value;
      changed();
    },
  });
  fill(byId("wish"), submitting(say("면접 질문 받기", "Get interview questions"), [
    element("div", { class: "choices" }, oneOf("job", say("지원하는 직무", "Job")), oneOf("career", say("경력", "Experience")),
      oneOf("language", say("질문의 언어", "Language of the questions"))),
    sectionFields(wish.sections, changed),
    element("p", { class: "note" }, say("전화번호, 이메일, 주민등록번호는 가린 채로 모델에 보냅니다.",
      "Telephone numbers, e-mail addresses and resident registration numbers are hidden from the model.")),
  ], () => ask(wish)));
}

async function ask(wish) {
  const body = JSON.stringify(wish);
  if (unanswered.body !== body) unanswered = { body, key: crypto.randomUUID() };
  try {
    const { job } = await callForJson("POST", "/interviews", { body: wish, key: unanswered.key });
    unanswered = { body: "", key: "" };
    watch({ member: who()?.id ?? null, job, language: wish.language, categories: wish.sections.map(({ category }) => category) });
  } catch (problem) {
    // A refusal is an answer. Without one, or with a fault of the server, it is not known what became of the request.
    if (problem.status && problem.status < 500) unanswered = { body: "", key: "" };
    for (const { pointer } of problem.errors ?? []) markRefused(byId("wish"), /^\/sections\/(\d)/.exec(pointer)?.[1]);
    throw problem;
  }
}

// Having a resume written: the wishes, the job watched live, and what came of it.

import { byId, element, fill } from "../dom.js";
import { choice, submitting, textField, toggle } from "../fields.js";
import { number } from "../form.js";
import { follow } from "../job.js";
import { JobPanel } from "../job-panel.js";
import { language, say } from "../language.js";
import { offlineNotice, problemNotice } from "../notices.js";
import { wording } from "../problems.js";
import { callForJson, drawForSession, who } from "../session.js";
import { words } from "../words.js";
import { show } from "./list.js";
import { partView } from "./parts.js";
import { pickedRepositories } from "./repositories.js";

/** Where the job that was started last is remembered, so that a reloaded page watches on. */
const STARTED = "maru.resume-job";

let watched = null;

/** Draws the form, and goes on watching a job of before. */
export function drawMaking() {
  drawForSession(() => {
    drawForm();
    const started = JSON.parse(sessionStorage.getItem(STARTED) ?? "null");
    if (started && started.member === who()?.id) watch(started.job);
  });
}

/** The form keeps what was chosen when the language changes. */
function drawForm() {
  const before = Object.fromEntries(new FormData(byId("wishes").querySelector("form") ?? undefined));
  const value = (name, otherwise) => before[name] ?? otherwise;
  fill(byId("wishes"), submitting(say("이력서 만들기 (AI 1번)", "Write the resume (1 AI use)"), [
    choice(say("직무", "Position"), words("position"), { name: "position", value: value("position", who()?.position ?? "BACKEND") }),
    choice(say("프로젝트 서술", "How projects are told"), words("template"), { name: "template", value: value("template", "basic") }),
    choice(say("이력서 언어", "Language of the resume"), words("language"), { name: "language", value: value("language", language()) }),
    textField(say("바라는 점 (선택)", "Wishes (optional)"), { name: "requirements", maxlength: 1000, value: value("requirements", "") }),
    toggle(say("만들자마자 허브에 공개", "Public in the hub from the start"), { name: "public", checked: "public" in before }),
  ], start));
}

async function start({ position, template, language: written, requirements, public: isPublic }) {
  const wish = { repositories: pickedRepositories(), position, template, language: written, visibility: isPublic ? "PUBLIC" : "PRIVATE" };
  if (requirements.trim()) wish.requirements = requirements.trim();
  fill(byId("made"));
  try {
    const { job } = await callForJson("POST", "/resumes", { body: wish });
    sessionStorage.setItem(STARTED, JSON.stringify({ member: who().id, job }));
    watch(job);
  } finally {
    document.dispatchEvent(new Event("maru:credits"));
  }
}

/** Follows the job to its end; the page goes on meanwhile. */
async function watch(job) {
  if (watched === job.id) return;
  watched = job.id;
  const failure = () => say("이력서를 만들지 못했습니다. AI 사용은 돌려받았습니다.", "There is no resume. The AI use was given back.");
  const panel = new JobPanel(byId("job"), job, { viewOf: partView, failure });
  const last = await ended(job, await follow(job, panel));
  if (watched !== job.id || last.status === "unknown") return;
  sessionStorage.removeItem(STARTED);
  document.dispatchEvent(new Event("maru:credits"));
  if (last.status === "failed") return;
  panel.fold(say("이력서를 만들었습니다", "The resume is written"));
  fill(byId("made"), last.result ? outcome(last.result) : null);
  try {
    await show(job.resultUrl.split("/").at(-1));
  } catch (problem) {
    fill(byId("made"), problemNotice(problem));
  }
}

/** How the job ended; if its log broke off, as when the page is left, the job itself is asked. */
async function ended(job, last) {
  if (last.status !== "unknown") return last;
  return callForJson("GET", `/jobs/${job.id}`).catch(() => last);
}

/** What its owner should know of how it came about. */
function outcome({ repositories, droppedStatements: { count }, summaryReplaced, offline }) {
  const failed = repositories.filter(({ status }) => status === "failed");
  return element("div", { class: "stack tight", role: "status" },
    element("p", { class: "notice" }, say("문장마다 근거가 붙어 있습니다.", "Each statement has its evidence."),
      count ? say(` 모델이 쓴 문장 ${number(count)}개는 저장소로 확인할 수 없어 뺐습니다.`, ` ${number(count)} statements of the model were left out: the repositories do not prove them.`) : null,
      summaryReplaced ? say(" 소개는 규칙으로 썼습니다.", " The summary was written by rule.") : null),
    failed.map(({ fullName, error }) => element("p", { class: "notice warn" }, element("strong", {}, fullName), " ", wording(error.code, error.detail))),
    offline ? offlineNotice() : null);
}

// Changing a text by saying how: a selection, a wish, the job, a proposal, and applying it.

import { byId, element, fill } from "../dom.js";
import { submitting, textField } from "../fields.js";
import { follow } from "../job.js";
import { JobPanel } from "../job-panel.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson } from "../session.js";
import { handView } from "./by-hand.js";
import { change, openedResume, reopen } from "./opened.js";
import { proposalView } from "./proposal.js";
import { chooseNothing, chooseRange, chosenText, watchSelection } from "./selection.js";

/** The proposal that waits for its owner. */
let proposal = null;
let shownFor = null;

/** Draws the part of the page in which texts are changed. */
export function drawEditing() {
  watchSelection(byId("document"));
  document.addEventListener("maru:chosen", drawChosen);
  document.addEventListener("maru:chosen-by-key", () => byId("edit").querySelector("textarea[name=instruction]")?.focus());
  document.addEventListener("maru:language", drawAll);
  document.addEventListener("maru:resume", forgetOther);
  drawAll();
}

/** What was chosen in another resume is over. */
function forgetOther() {
  const id = openedResume()?.id ?? null;
  if (id === shownFor) return;
  [shownFor, proposal] = [id, null];
  chooseNothing();
  drawAll();
}

function drawAll() {
  const wish = textField(say("어떻게 고칠까요?", "How should it change?"),
    { name: "instruction", maxlength: 500, required: true, placeholder: say("예: 더 짧고 구체적으로", "Such as: shorter and more concrete") });
  fill(byId("edit"),
    element("h3", { id: "edit-title" }, say("골라서 고치기", "Change a selection")),
    element("div", { id: "chosen" }),
    element("div", { id: "wish" }, submitting(say("제안받기 (AI 1번)", "Ask for a proposal (1 AI use)"), [wish], ask)),
    element("div", { id: "hand" }),
    element("div", { id: "edit-job", hidden: true }),
    element("div", { id: "proposal" }));
  drawChosen();
  drawProposal();
}

function drawChosen() {
  const chosen = chosenText();
  byId("edit").classList.toggle("chosen", chosen !== null);
  drawParts();
  const isTyping = document.activeElement?.id === "range";
  if (isTyping) return drawPreview(chosen);
  fill(byId("hand"), chosen ? handView(chosen, () => applied(say("저장했습니다. 새 버전이 되었습니다.", "Saved, as a new version."))) : null);
  fill(byId("chosen"), chosen ? [element("p", { class: "preview", id: "preview" }), rangeField(chosen)]
    : element("p", { class: "note" }, say("글의 한 부분을 끌어서 고르거나, 글 옆의 ‘고치기’를 누르세요.", "Select a part of a text, or press ‘Change’ beside one.")));
  if (chosen) drawPreview(chosen);
}

function drawPreview({ text, start, end }) {
  fill(byId("preview"), text.slice(0, start), element("mark", {}, text.slice(start, end)), text.slice(end));
}

/** The text to select a part of from the keyboard, with Shift and the arrows. */
function rangeField({ text, start, end }) {
  // Browsers let nobody move about in a text that is `readonly`, so it is one that takes no input.
  const area = element("textarea", { id: "range", "aria-readonly": "true", inputmode: "none", rows: 3, onbeforeinput: (event) => event.preventDefault(), "aria-label": say("고칠 글. Shift와 화살표로 범위를 고릅니다.", "The text. Select a part with Shift and the arrows.") });
  area.value = text;
  area.setSelectionRange(start, end);
  area.addEventListener("selectionchange", () => {
    if (document.activeElement === area) chooseRange(area.selectionStart, area.selectionEnd);
  });
  return element("details", {}, element("summary", { class: "note" }, say("키보드로 범위 고르기", "Select a part by keyboard")), area);
}

async function ask({ instruction }) {
  const { pointer, text, start, end } = chosenText();
  proposal = null;
  drawProposal();
  try {
    const body = { pointer, start, end, selectedText: text.slice(start, end), instruction: instruction.trim() };
    const { job } = await callForJson("POST", `/resumes/${openedResume().id}/edits`, { body });
    await watch(job);
  } catch (problem) {
    if (problem.code === "selection_moved") await reopen();
    throw problem;
  } finally {
    document.dispatchEvent(new Event("maru:credits"));
  }
}

async function watch(job) {
  const failure = () => say("제안을 만들지 못했습니다. AI 사용은 돌려받았습니다.", "There is no proposal. The AI use was given back.");
  const panel = new JobPanel(byId("edit-job"), job, { failure });
  const last = await follow(job, panel);
  if (last.status === "failed") return;
  panel.close();
  proposal = await callForJson("GET", job.resultUrl);
  drawProposal();
  byId("proposal").querySelector("button").focus();
}

function drawProposal(notice) {
  fill(byId("proposal"), notice ?? null, proposal ? proposalView(proposal, { apply, discard }) : null);
  drawParts();
}

/** While a proposal waits, there is nothing to choose and to wish. */
function drawParts() {
  byId("chosen").hidden = proposal !== null;
  byId("wish").hidden = byId("hand").hidden = proposal !== null || !chosenText();
}

async function apply() {
  try {
    await change("POST", `/edits/${proposal.editId}/apply`, { guarded: false });
    applied(say("적용했습니다. 새 버전이 되었습니다.", "Applied, as a new version."));
  } catch (problem) {
    if (problem.code === "selection_moved") await reopen();
    drawProposal(problemNotice(problem));
  }
}

function applied(text) {
  proposal = null;
  chooseNothing();
  drawProposal(element("p", { class: "notice", role: "status" }, text));
}

function discard() {
  proposal = null;
  drawProposal();
}

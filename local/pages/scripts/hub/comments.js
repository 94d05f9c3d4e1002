// What is said about a resume.

import { signInFirst } from "../account.js";
import { byId, element, fill } from "../dom.js";
import { submitting, textField } from "../fields.js";
import { say } from "../language.js";
import { problemNotice } from "../notices.js";
import { callForJson, drawForSession, who } from "../session.js";
import { commentView } from "./comment.js";
import { isOwnResume } from "./detail.js";

let comments = [];
let nextCursor = null;
let path = "";

/** Draws the comments on the resume with this id, and the form for a new one. */
export function drawComments(resume) {
  path = `/hub/resumes/${encodeURIComponent(resume)}/comments`;
  // Whose resume it is decides who may delete.
  document.addEventListener("maru:detail", draw);
  drawForSession(async () => {
    drawForm();
    await listFrom("");
  });
}

function drawForm() {
  const title = element("h2", { id: "comments-title" }, say("댓글", "Comments"));
  const content = () => textField(say("댓글 쓰기", "Say something"), { name: "content", maxlength: 1000, required: true });
  fill(byId("comments"), title,
    who() ? submitting(say("남기기", "Send"), [content()], add) : signInFirst(say("로그인하면 댓글을 쓸 수 있습니다.", "Sign in to comment.")),
    element("div", { id: "comment-list" }));
}

async function add({ content }) {
  const comment = await callForJson("POST", path, { body: { content } });
  comments = [comment, ...comments];
  drawForm();
  draw();
  tellOf(1);
  byId("comments").querySelector("textarea").focus();
}

async function listFrom(cursor) {
  try {
    const page = await callForJson("GET", path, { query: { limit: "20", cursor } });
    comments = cursor ? comments.concat(page.items) : page.items;
    nextCursor = page.nextCursor;
    draw();
  } catch (problem) {
    // That the resume is not there is said above.
    fill(byId("comments"), problem.status === 404 ? null : problemNotice(problem));
  }
}

function draw() {
  if (!byId("comment-list")) return;
  const more = element("button", { type: "button", class: "small", onclick: () => listFrom(nextCursor) }, say("더 보기", "More"));
  fill(byId("comment-list"),
    comments.length ? element("ul", { class: "comments" }, comments.map((comment) => commentView(comment, { isOwnResume: isOwnResume(), changed, deleted })))
      : element("p", { class: "note" }, say("아직 댓글이 없습니다.", "Nobody has said anything yet.")),
    nextCursor ? more : null);
}

function changed(comment) {
  comments = comments.map((each) => (each.id === comment.id ? comment : each));
  draw();
}

function deleted({ id }) {
  comments = comments.filter((each) => each.id !== id);
  draw();
  tellOf(-1);
}

/** The count above the document follows. */
function tellOf(more) {
  document.dispatchEvent(new CustomEvent("maru:commented", { detail: more }));
}

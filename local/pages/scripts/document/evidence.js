// What proves a statement, as links to where it can be seen.

import { element } from "../dom.js";
import { say } from "../language.js";

/** Pieces of evidence that are seen before the rest is opened. */
const SEEN = 3;

/** A link to an address of the web; text only for any other address. Whoever wrote it, it is only ever opened. */
export function webLink(address, text, properties = {}) {
  const isWeb = /^https?:\/\//.test(address ?? "");
  return isWeb
    ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow", ...properties }, text)
    : element("span", properties, text);
}

/** The line with what proves a statement; that nothing does is said, too. */
export function evidenceLine(evidence = []) {
  if (!evidence.length) return element("p", { class: "evidence" }, say("직접 쓴 글 (근거 없음)", "Written by hand (no evidence)"));
  const links = evidence.map(evidenceLink);
  const rest = links.splice(SEEN);
  return element("div", { class: "evidence" }, element("span", {}, say("근거", "Evidence")), links,
    rest.length ? element("details", {}, element("summary", {}, say(`${rest.length}개 더`, `${rest.length} more`)), rest) : null);
}

function evidenceLink({ kind, ref, url }) {
  const names = {
    commit: [say("커밋", "Commit"), ref.slice(0, 7)], pull: ["PR", `#${ref.replace(/^#/, "")}`],
    readme: [say("문서", "Document"), ref], language: [say("언어·기술", "Technology"), ref],
  };
  const [name, shown] = names[kind] ?? [kind, ref];
  return webLink(url, [`${name} `, element("code", {}, shown)], { class: "tag", title: ref });
}

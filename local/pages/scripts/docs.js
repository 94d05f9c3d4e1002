// The API document, readable.

import { drawOperation } from "./docs/operation.js";
import { byId, element, fill, table } from "./dom.js";
import { drawInLanguage, say } from "./language.js";
import { local } from "./maru.js";
import { problemNotice } from "./notices.js";
import { drawShell } from "./shell.js";

const METHODS = ["get", "post", "put", "patch", "delete"];

drawShell();
try {
  const api = await local("/openapi.json");
  drawInLanguage(() => draw(api));
  // The browser looked for the place before it was there.
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
} catch (problem) {
  fill(byId("operations"), problemNotice(problem));
}

function draw(api) {
  fill(byId("rules"), api.info.description);
  const domains = api.tags.map((domain) => ({ ...domain, operations: operationsOf(api, domain.name) }));
  fill(byId("contents"), domains.map((domain) => [element("h2", {}, titleOf(domain)), domain.operations.map(link)]));
  fill(byId("operations"), domains.map((domain) => [
    element("h2", { class: "domain", id: domain.name }, titleOf(domain)),
    element("p", { class: "note" }, domain.description),
    domain.operations.map((operation) => drawOperation(operation, api)),
  ]));
  fill(byId("problems"), problems(api));
}

function operationsOf(api, domain) {
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => methods[method]).map((method) => ({ method, path, ...methods[method] })));
  return all.filter(({ tags }) => tags.includes(domain)).sort((one, other) => one["x-position"] - other["x-position"]);
}

function titleOf(domain) {
  return say(domain["x-korean"], domain.name);
}

function link({ method, path, operationId }) {
  return element("a", { href: `#${operationId}` }, element("span", { class: `method ${method}` }, method.toUpperCase()), element("span", {}, path));
}

function problems(api) {
  const columns = [{ name: say("코드", "Code") }, { name: say("상태", "Status") }, { name: say("뜻", "Meaning") }];
  const rows = Object.entries(api["x-problems"]).map(([code, { status, description }]) => [element("code", { id: `problem-${code}` }, code), String(status), description]);
  return [element("h2", { id: "all-problems" }, say("모든 오류 코드", "All problem codes")), table(columns, rows)];
}

// One operation of the API document.

import { element, table, tag } from "../dom.js";
import { say } from "../language.js";

/** The operation `{method, path, …}` of the document `api`. */
export function drawOperation(operation, api) {
  const { method, path, operationId, summary, description, parameters, requestBody } = operation;
  return element("section", { class: "card operation", id: operationId, "aria-labelledby": `${operationId}-title` },
    element("h3", { id: `${operationId}-title` },
      element("span", { class: `method ${method}` }, method.toUpperCase()), element("code", {}, path)),
    element("div", { class: "row" }, element("span", { class: "strong" }, say(operation["x-korean"], summary)),
      caller(operation["x-caller"]), tag(operationId)),
    description ? element("p", { class: "description" }, description) : null,
    parameters?.length ? [heading(say("매개변수", "Parameters")), parameterTable(parameters)] : null,
    requestBody ? [heading(say("본문", "Body")), content(requestBody.content, api)] : null,
    heading(say("응답", "Answers")), answers(operation, api),
    heading(say("오류", "Problems")), problems(operation["x-problems"], api),
    heading("curl"), curl(operation));
}

function heading(text) {
  return element("h4", {}, text);
}

function caller(role) {
  const names = {
    lecturer: [say("강사", "LECTURER"), "accent"], admin: [say("관리자", "ADMIN"), "warn"],
    member: [say("로그인한 사람", "Any account"), "good"], anyone: [say("누구나", "Anyone"), ""],
    stranger: [say("누구나 (토큰을 보지 않음)", "Anyone (no token is looked at)"), ""],
  };
  return tag(...(names[role] ?? [role]));
}

function parameterTable(parameters) {
  const columns = [{ name: say("이름", "Name") }, { name: say("어디에", "In") }, { name: say("형식", "Type") }, { name: say("뜻", "Meaning") }];
  return table(columns, parameters.map(({ name, in: place, required, schema, description }) =>
    [[element("code", {}, name), required ? [" ", tag(say("필수", "required"))] : null], place, typeOf(schema), description]));
}

function typeOf({ type, format, enum: values, minimum, maximum }) {
  if (values) return values.map((value, index) => [index ? ", " : "", element("code", {}, String(value))]);
  const range = minimum === undefined && maximum === undefined ? "" : ` ${minimum ?? ""}–${maximum ?? ""}`;
  return `${format ?? type}${range}`;
}

function answers({ responses }, api) {
  const good = Object.entries(responses).filter(([status]) => /^[23]/.test(status));
  return good.map(([status, { description, content: bodies }]) => element("div", {},
    element("p", {}, tag(status, "good"), " ", description), bodies ? content(bodies, api) : null));
}

function content(bodies, api) {
  return Object.entries(bodies).map(([mediaType, { schema, example }]) => [
    example === undefined ? element("p", { class: "note" }, mediaType) : fold(say(`예: ${mediaType}`, `Example: ${mediaType}`), code(example)),
    schema ? fold(say("스키마", "Schema"), code(resolved(schema, api))) : null,
  ]);
}

function fold(title, inside) {
  return element("details", {}, element("summary", { class: "note" }, title), inside);
}

function code(value) {
  return element("pre", { class: "code", tabindex: "0" }, typeof value === "string" ? value : JSON.stringify(value, null, 2));
}

/** The schema that a reference names; those inside it stay references. */
function resolved(schema, api) {
  const name = schema.$ref?.split("/").at(-1);
  return name ? { title: name, ...api.components.schemas[name] } : schema;
}

function problems(codes, api) {
  return element("div", { class: "row" }, codes.map((code) => {
    const { status, description } = api["x-problems"][code];
    return element("a", { class: "tag", href: `#problem-${code}`, title: description }, `${status} ${code}`);
  }));
}

function curl({ method, path, requestBody, "x-caller": role }) {
  const lines = [`curl -X ${method.toUpperCase()} '${location.origin}${path}'`];
  if (!["anyone", "stranger"].includes(role)) lines.push(`  -H "Authorization: Bearer $(curl -s ${location.origin}/_local/tokens | jq -r .${role === "member" ? "user" : role})"`);
  if (requestBody) {
    const { example } = requestBody.content["application/json"];
    lines.push("  -H 'Content-Type: application/json'", `  -d '${JSON.stringify(example)}'`);
  }
  const text = lines.join(" \\\n");
  const copy = async ({ currentTarget: button }) => {
    await navigator.clipboard.writeText(text);
    button.textContent = say("복사됨", "Copied");
  };
  return element("div", { class: "copyable" }, code(text), element("button", { type: "button", class: "small", onclick: copy }, say("복사", "Copy")));
}

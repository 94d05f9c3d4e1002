// The chat rooms of where one is: which is open, and being in it, alone or as two people side by side.

import { signInFirst } from "../account.js";
import { byId, element, fill, tag } from "../dom.js";
import { choice } from "../fields.js";
import { moment } from "../form.js";
import { say } from "../language.js";
import { demoTokens, demoUsers, sendForJson } from "../maru.js";
import { problemNotice } from "../notices.js";
import { repeat } from "../repeat.js";
import { callForJson, demoUser, drawForSession, ready, tokenOf, who } from "../session.js";
import { Chat } from "./chat.js";
import { place } from "./place.js";

/** How often it looks which rooms there are, in milliseconds. */
const PAUSE = 10_000;

let rooms = [];
/** The chats that are open, by who is in them: `me`, or a demo user's name. */
const chats = new Map();
/** The room that one is in; null for none. */
let entered = null;
/** Who one was when the room was entered. */
let enteredBy = null;
let turn = 0;

/** Draws the rooms, and the chats in the one that is entered. */
export function drawRooms() {
  for (const event of ["maru:place", "maru:alerts"]) document.addEventListener(event, read);
  drawForSession(() => {
    if (entered && enteredBy !== (who()?.id ?? null)) leave();
    read();
  });
  ready.then(() => repeat(PAUSE, read));
}

async function read() {
  const now = ++turn;
  const { lat, lon } = place();
  try {
    const answer = await callForJson("GET", "/rooms", { query: { lat: String(lat), lon: String(lon) } });
    if (now !== turn) return;
    const wasOpen = isOpen(entered);
    rooms = answer.items;
    // Nobody is told over the line that a room closes; joining anew says it.
    if (wasOpen !== isOpen(entered)) for (const chat of chats.values()) chat.join();
    draw();
  } catch (problem) {
    if (now === turn) fill(byId("rooms"), problemNotice(problem));
  }
}

function draw() {
  // Whoever is in a room sees it still when it has closed.
  const shown = rooms.filter(({ id }) => id !== entered?.id).concat(entered ?? []);
  fill(byId("rooms"), element("h3", {}, say(`${place().name}의 대화방`, `The room of ${place().name}`)),
    shown.length ? element("ul", { class: "lines" }, shown.map(line)) : element("p", { class: "empty after" },
      say("열린 대화방이 없습니다. 특보가 내려지면 저절로 열립니다.", "No room is open. One opens by itself under a warning.")),
    who() ? null : signInFirst(say("로그인하면 대화할 수 있습니다.", "Sign in to talk.")),
    entered ? beside() : null);
}

function line(room) {
  const isIn = entered?.id === room.id;
  return element("li", {},
    element("span", {}, element("span", { class: "strong" }, room.name), " ", isOpen(room) ? tag(say("열림", "Open"), "good") : tag(say("닫힘", "Closed")),
      element("span", { class: "note" }, say(` ${moment(room.openedAt)}에 열림`, ` opened ${moment(room.openedAt)}`))),
    element("button", { type: "button", class: isIn ? null : "primary", disabled: !who(), onclick: () => (isIn ? leave() : enter(room)) },
      isIn ? say("나가기", "Leave") : say("들어가기", "Enter")));
}

/** Whether a room is open, as far as is known: of another place than the chosen one nothing was heard since. */
function isOpen(room) {
  return room !== null && (rooms.some(({ id }) => id === room.id) || place().province !== room.province.code);
}

/** Another person in the same room, to see both sides at once. */
function beside() {
  const others = demoUsers().filter(([name]) => name !== demoUser()).map(([name, title]) => [name, title]);
  return element("div", { class: "after" }, choice(say("옆에 나란히", "Side by side with"), [["", say("아무도 없이", "Nobody")], ...others], {
    value: [...chats.keys()].find((name) => name !== "me") ?? "",
    onchange: ({ target }) => {
      for (const [name, chat] of chats) if (name !== "me") end(name, chat);
      if (target.value) open(target.value);
    },
  }));
}

function enter(room) {
  leave();
  entered = room;
  enteredBy = who().id;
  open("me");
  draw();
}

function leave() {
  for (const [name, chat] of chats) end(name, chat);
  entered = enteredBy = null;
  draw();
}

function open(name) {
  const card = element("div", { class: "card chat" });
  byId("chats").append(card);
  const title = demoUsers().find(([each]) => each === name)?.[1];
  const person = name === "me" ? { name: who().nickname, tokenOf, ask: callForJson }
    : { name: title, tokenOf: async (fresh) => (await demoTokens(fresh))[name], ask: (...asked) => sendForJson(name, ...asked) };
  chats.set(name, new Chat(card, entered, person));
}

function end(name, chat) {
  chat.close();
  chats.delete(name);
}

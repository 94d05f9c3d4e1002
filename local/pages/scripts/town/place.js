// Where one is: one of a few cities. It is kept in the address, so that it can be shared.

import { byId, fill } from "../dom.js";
import { choice } from "../fields.js";
import { drawInLanguage, say } from "../language.js";

/** A place in the middle of each, and its province's code; the last is outside the weather service's grid. */
const CITIES = {
  seoul: ["서울", "Seoul", 37.5665, 126.978, "11"],
  busan: ["부산", "Busan", 35.1798, 129.075, "26"],
  daegu: ["대구", "Daegu", 35.8714, 128.6014, "27"],
  incheon: ["인천", "Incheon", 37.4563, 126.7052, "28"],
  gwangju: ["광주", "Gwangju", 35.1595, 126.8526, "29"],
  daejeon: ["대전", "Daejeon", 36.3504, 127.3845, "30"],
  ulsan: ["울산", "Ulsan", 35.5384, 129.3114, "31"],
  sejong: ["세종", "Sejong", 36.48, 127.289, "36"],
  suwon: ["수원", "Suwon", 37.2636, 127.0286, "41"],
  chuncheon: ["춘천", "Chuncheon", 37.8813, 127.7298, "51"],
  gangneung: ["강릉", "Gangneung", 37.7519, 128.8761, "51"],
  cheongju: ["청주", "Cheongju", 36.6424, 127.489, "43"],
  hongseong: ["홍성", "Hongseong", 36.6012, 126.6608, "44"],
  jeonju: ["전주", "Jeonju", 35.8242, 127.148, "52"],
  muan: ["무안", "Muan", 34.9904, 126.4817, "46"],
  andong: ["안동", "Andong", 36.5684, 128.7294, "47"],
  changwon: ["창원", "Changwon", 35.2281, 128.6811, "48"],
  jeju: ["제주", "Jeju", 33.4996, 126.5312, "50"],
  tokyo: ["도쿄 (한국 밖)", "Tokyo (outside Korea)", 35.6762, 139.6503, ""],
};

const FIRST = "busan";

/** The place that is chosen: `{name, lat, lon, province}`; the province is empty outside Korea. */
export function place() {
  const [korean, english, lat, lon, province] = CITIES[chosen()];
  return { name: say(korean, english), lat, lon, province };
}

/** Draws the choice; another one tells everyone who listens for `maru:place`. */
export function drawPlace() {
  byId("place").addEventListener("change", ({ target }) => {
    history.replaceState(null, "", `${location.pathname}?city=${encodeURIComponent(target.value)}`);
    document.dispatchEvent(new Event("maru:place"));
  });
  drawInLanguage(() => fill(byId("place"), choice(say("어디에 있나요", "Where you are"),
    Object.entries(CITIES).map(([key, [korean, english]]) => [key, say(korean, english)]), { name: "city", value: chosen() })));
}

function chosen() {
  const asked = new URLSearchParams(location.search).get("city");
  return Object.hasOwn(CITIES, asked ?? "") ? asked : FIRST;
}

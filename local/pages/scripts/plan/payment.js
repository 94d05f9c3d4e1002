// What became of a payment: the word with which the API sends the browser back from KakaoPay.

import { byId, element, fill } from "../dom.js";
import { drawInLanguage, say } from "../language.js";

const SENTENCES = {
  paid: ["", "결제했습니다. 지금부터 PRO입니다.", "Paid. It is PRO from now on."],
  cancelled: ["warn", "결제하지 않고 돌아왔습니다. 돈은 나가지 않았습니다.", "You went back without paying. No money was taken."],
  failed: ["bad", "카카오페이에서 결제하지 못했습니다. 돈은 나가지 않았습니다.", "The payment failed at KakaoPay. No money was taken."],
  declined: ["bad", "결제가 거절되었습니다. 돈은 나가지 않았습니다. 다른 결제 수단으로 다시 해 주세요.", "The payment was declined and no money was taken. Please try another means of payment."],
  expired: ["warn", "결제할 수 있는 15분이 지났습니다. 돈은 나가지 않았습니다. 다시 시작해 주세요.", "The 15 minutes for paying are over. No money was taken. Please start again."],
  already_subscribed: ["warn", "이미 PRO라서 이 결제는 하지 않았습니다.", "It is PRO already, so this payment was not made."],
  unknown: ["warn", "카카오페이의 답을 받지 못해 결제되었는지 확인하고 있습니다. 다시 결제하지 마세요. 확인되는 대로 아래에 나타납니다.", "KakaoPay’s answer was lost, and whether you paid is being found out. Please do not pay again. It shows below as soon as it is known."],
  invalid: ["bad", "결제하고 돌아오는 주소가 올바르지 않습니다. 바뀐 것은 없습니다.", "The address that leads back from the payment is not valid. Nothing has changed."],
};

/** Which of them is shown; null for none. */
let shown = null;
let readings = 0;

/** Says what became of the payment of which this page's address tells, and takes it out of the address. */
export function drawPayment() {
  const query = new URLSearchParams(location.search);
  const found = query.get("payment");
  if (found === null) return;
  query.delete("payment");
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  // The address is anybody's to write: a word that is none of these says nothing.
  if (!Object.hasOwn(SENTENCES, found)) return;
  shown = found;
  drawInLanguage(draw);
  document.addEventListener("maru:billing", overtaken);
}

/** The first reading is of what the payment made; from the second on, something else has happened. */
function overtaken() {
  if (++readings > 1) shown = null;
  draw();
}

function draw() {
  if (!shown) return fill(byId("payment"));
  const [tone, ...sentence] = SENTENCES[shown];
  fill(byId("payment"), element("p", { class: `notice ${tone}`.trim() }, say(...sentence)));
}

// `GET /billing` of whoever is signed in. Whoever shows it listens for `maru:billing` on the document.

import { callForJson, who } from "../session.js";

let billing = null;

document.addEventListener("maru:session", () => (billing = null));

/** Plan, credits and subscription as they were read last; null for nobody, and while they are not known. */
export function knownBilling() {
  return billing;
}

/** Reads them, and tells everyone if they are others than before. */
export async function readBilling() {
  const member = who()?.id;
  const read = member ? await callForJson("GET", "/billing") : null;
  // Somebody else may have signed in meanwhile.
  if (member === who()?.id) take(read);
}

/** Ends the subscription. */
export async function endSubscription() {
  take(await callForJson("DELETE", "/billing/subscription"));
}

/** Begins a payment of PRO; gives the address of KakaoPay's page for this device. */
export async function checkOut() {
  const { redirectUrl, mobileRedirectUrl } = await callForJson("POST", "/billing/checkout", { body: { plan: "PRO" } });
  return matchMedia("(pointer: coarse)").matches ? mobileRedirectUrl : redirectUrl;
}

function take(read) {
  if (JSON.stringify(read) === JSON.stringify(billing)) return;
  billing = read;
  document.dispatchEvent(new Event("maru:billing"));
}

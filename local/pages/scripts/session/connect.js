// Connecting an account at a provider to the one that is signed in.

import { callForJson } from "../session.js";
import { here } from "./arrival.js";

/** Leaves for a provider, `github` or `kakao`, to connect the account there; it leads back to this page. */
export async function connect(provider) {
  const { url } = await callForJson("POST", `/me/connections/${provider}`, { body: { returnTo: here() } });
  location.assign(url);
}

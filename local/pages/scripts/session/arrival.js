// Leaving for a login provider, and coming back from it.
//
// The browser is sent to `/auth/{provider}`, from there to the provider, and back to this page with a login code in
// the address. The code is good for whoever has the verifier of the challenge (PKCE): this tab.

const VERIFIER = "maru.verifier";

// The command's address is 127.0.0.1. Under another name for this machine the browser would keep other cookies, and
// the provider would send it back to where it is unknown.
if (location.hostname === "localhost") location.hostname = "127.0.0.1";

/** Leaves for a provider, `github` or `kakao`, to sign in; it leads back to this page. */
export async function leaveFor(provider) {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  sessionStorage.setItem(VERIFIER, verifier);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const query = new URLSearchParams({ returnTo: here(), codeChallenge: base64url(new Uint8Array(digest)) });
  location.assign(`/auth/${provider}?${query}`);
}

/** This page's path and query, as what leads back to it. */
export function here() {
  return location.pathname + location.search;
}

/**
 * What this page's address says of a sign-in, which is taken out of the address: `{code: {code, codeVerifier}}`,
 * `{error}`, `{connected}`, or nothing.
 */
export function arrive() {
  const query = new URLSearchParams(location.search);
  const [code, error, connected] = ["code", "error", "connected"].map((name) => query.get(name));
  if (!code && !error && !connected) return {};
  for (const name of ["code", "error", "connected"]) query.delete(name);
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  const codeVerifier = sessionStorage.getItem(VERIFIER);
  sessionStorage.removeItem(VERIFIER);
  if (code) return codeVerifier ? { code: { code, codeVerifier } } : { error: "login_expired" };
  return error ? { error } : { connected };
}

function base64url(bytes) {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

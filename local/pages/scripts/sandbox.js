// The partners' sandboxes: `cargo local` serves them on the port after its own.

/** The address of a page of a partner's sandbox: `sandbox("kakaopay", "/wallet")`. */
export function sandbox(partner, page = "") {
  const url = new URL(`/_partners/${partner}${page}`, location.origin);
  url.port = String(Number(location.port) + 1);
  return url.href;
}

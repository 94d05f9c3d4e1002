// The WebSocket of the chat, mended when it breaks.

/** Pauses between the tries to open it, in milliseconds. */
const SHORTEST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

/**
 * A line to the chat. `tokenOf(fresh)` gives the access token; it goes along as a subprotocol, because a browser can
 * give a WebSocket no header, and an address stands in logs. `on` has functions for `open`, for `lost`, and for `frame`,
 * which gets what was sent.
 */
export class Line {
  pause = SHORTEST_PAUSE;
  closed = false;

  constructor(tokenOf, on) {
    Object.assign(this, { tokenOf, on });
    this.online = () => this.socket?.readyState === WebSocket.OPEN || this.soon(0);
    addEventListener("online", this.online);
    this.open(false);
  }

  /** Sends a frame; says whether the line is open. */
  send(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Breaks the line as a dead network would; it mends itself. */
  cut() {
    this.socket?.close();
  }

  /** Ends it for good. */
  close() {
    this.closed = true;
    clearTimeout(this.opening);
    removeEventListener("online", this.online);
    this.socket?.close();
  }

  async open(fresh) {
    const token = await this.tokenOf(fresh).catch(() => null);
    if (this.closed) return;
    if (!token) return this.lose();
    const url = new URL("/ws", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = (this.socket = new WebSocket(url, ["maru.v1", `bearer.${token}`]));
    const ours = (work) => (event) => socket === this.socket && !this.closed && work(event);
    socket.addEventListener("open", ours(() => {
      this.pause = SHORTEST_PAUSE;
      this.refused = false;
      this.on.open();
    }));
    socket.addEventListener("message", ours(({ data }) => this.on.frame(JSON.parse(data))));
    socket.addEventListener("close", ours(() => this.lose()));
    socket.addEventListener("error", () => (this.refused = true));
  }

  lose() {
    this.on.lost();
    this.soon(this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }

  /** A script is not told why a line was refused; it may have been the token. */
  soon(pause) {
    clearTimeout(this.opening);
    this.opening = setTimeout(() => this.open(this.refused === true), pause);
  }
}

// What a client has of a room: gapless and in order, whatever is sent twice, overtakes or gets lost.
//
// A message that comes too early waits for those before it; `join` with the sequence of the last one brings what is
// missing. The rules are those of `functions/chat/rules/src/view.rs`.

/** How many messages that came too early are kept; the latest of more are read again. */
const MOST_AHEAD = 500;

/** The messages of a room, as they come in. */
export class RoomView {
  /** The sequence of the last message that was shown; null before the first answer to a `join`. */
  last = null;
  /** The highest sequence that was heard of. */
  heardOf = 0;
  ahead = new Map();
  asked = false;

  /**
   * A `join` is about to be sent: gives its `after`, null for none. What was under way is lost; whoever has no answer
   * after some seconds joins again.
   */
  joining() {
    this.asked = true;
    return this.last;
  }

  /** The line is gone, and whatever was under way. */
  disconnected() {
    this.asked = false;
  }

  /** The answer to a `join`; gives the messages to show. */
  joined({ sequence, messages }) {
    this.asked = false;
    this.last ??= messages.length ? messages[0].sequence - 1 : sequence;
    this.heardOf = Math.max(this.heardOf, sequence);
    return this.said(messages);
  }

  /** Messages that were said; gives those to show. */
  said(messages) {
    for (const message of messages) {
      this.heardOf = Math.max(this.heardOf, message.sequence);
      if (this.last === null || message.sequence > this.last) this.ahead.set(message.sequence, message);
      if (this.ahead.size > MOST_AHEAD) this.ahead.delete(Math.max(...this.ahead.keys()));
    }
    const shown = [];
    if (this.last === null) return shown;
    while (this.ahead.has(this.last + 1)) {
      this.last += 1;
      shown.push(this.ahead.get(this.last));
      this.ahead.delete(this.last);
    }
    for (const sequence of this.ahead.keys()) if (sequence <= this.last) this.ahead.delete(sequence);
    return shown;
  }

  /** Whether something is missing that nobody has asked for. */
  isMissing() {
    return this.last !== null && this.last < this.heardOf && !this.asked;
  }
}

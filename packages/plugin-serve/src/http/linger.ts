import type { IncomingMessage } from "node:http";

/** How long what a client still sends is read and thrown away, in milliseconds. */
const LINGER_MS = 1_000;

/**
 * Has the connection of a request whose body is not read to its end closed in two steps behind the answer (RFC 9112, 9.6): this side first, and all of it
 * when the client has ended its own, or after a second. Where unread bytes are left, a connection that is closed at once is reset, and a reset takes the
 * answer away from a client that is still sending.
 */
export function lingerAfterAnswer(request: IncomingMessage): void {
  const { socket } = request;
  // Node calls it when the last answer of a connection is written.
  socket.destroySoon = () => {
    socket.end();
    request.resume();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once("close", () => clearTimeout(timer));
  };
}

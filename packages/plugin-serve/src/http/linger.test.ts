import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { MillraceError } from "@millrace/core";
import { expect, it } from "vitest";
import { answerError } from "./answer.js";
import { exchangeOf } from "./exchange.js";

const MIB = 2 ** 20;

/** Refuses every request unread; tells of each answer when it was sent, and of each connection when it ended. */
async function refusing() {
  const answers: Promise<unknown>[] = [];
  const ends: Promise<unknown>[] = [];
  const server = createServer((request, response) => {
    answers.push(once(response, "close"));
    answerError(exchangeOf(request, response), new MillraceError({ code: "SERVE_TOO_LARGE", message: "Too long.", mend: "Send less." }));
  });
  server.on("connection", (socket) => ends.push(new Promise((resolve) => socket.on("close", resolve))));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { server, answers, ends, port: (server.address() as AddressInfo).port };
}

it("a client that goes on sending before it reads finds the answer, and then the connection's end", async () => {
  const { server, answers, port } = await refusing();
  const socket = connect(port, "127.0.0.1").setEncoding("latin1").pause();
  const failures: Error[] = [];
  socket.on("error", (error) => failures.push(error));
  await once(socket, "connect");
  const send = (bytes: string | Buffer) => new Promise((resolve) => socket.write(bytes, resolve));
  await send(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${64 * MIB}\r\n\r\n`);
  while (answers.length === 0) await send(Buffer.alloc(1024));
  await answers[0];
  // The first of these would be told of a reset, and those behind it would fail.
  for (let sent = 0; sent < 8; sent++) await send(Buffer.alloc(1024));
  let text = "";
  socket.on("data", (chunk) => (text += String(chunk)));
  await once(socket.resume(), "close");
  expect(failures).toEqual([]);
  expect(text).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*SERVE_TOO_LARGE/i);
  await new Promise((resolve) => server.close(resolve));
});

it("a client that never ends its side is cut off", async () => {
  const { server, ends, port } = await refusing();
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }).resume();
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
  await once(socket, "end");
  await ends[0];
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

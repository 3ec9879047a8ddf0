import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { fragileModel } from "@millrace/core/testkit";
import { expect, it } from "vitest";
import { runningServer } from "../../fixtures/running-server.js";
import { createBodyRoom, FREE_BYTES, type Holder } from "./body-room.js";

it("is held and given back, and beyond it nobody gets more", () => {
  const room = createBodyRoom(100);
  const [one, other]: [Holder, Holder] = [{ held: 0 }, { held: 0 }];
  room.hold(one, FREE_BYTES + 60);
  room.hold(other, FREE_BYTES + 40);
  expect(() => room.hold(one, FREE_BYTES + 61)).toThrow(expect.objectContaining({ code: "SERVE_BUSY" }));
  room.hold(one, FREE_BYTES + 10);
  room.hold(other, FREE_BYTES + 90);
  expect([one.held, other.held]).toEqual([10, 90]);
  room.hold({ held: 0 }, FREE_BYTES);
  for (const holder of [one, other]) room.hold(holder, 0);
  room.hold(one, FREE_BYTES + 100);
});

it("refuses bodies that find none at once, answers small ones, and all when those that hold it are gone", async () => {
  const server = await runningServer({ limits: { body: "1MiB", bodies: "1MiB" } }, { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }, { x: 3 }] });
  const path = "/v1/models/fragile/predict";
  const small = '{"rows":[{"x":1}]}';
  const large = small + " ".repeat(300_000);
  const status = async (body: string | Uint8Array, headers = {}) => (await server.ask(path, body, headers)).status;
  // As much as the room, but for a little: of a client that sends no more. Where another request was quicker, it is refused itself, and tries again.
  const head = `POST ${path} HTTP/1.1\r\nhost: test\r\ncontent-length: ${2 ** 20}\r\n\r\n`;
  const holding = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.write(head + " ".repeat(2 ** 20 - 1_000));
    const isRefused = once(socket, "data").then(() => true, () => true);
    while ((await status(small)) === 200 && socket.bytesWritten < 2 ** 20 - 1_000);
    return (await Promise.race([status(large).then((found) => found !== 503), isRefused])) ? (socket.destroy(), holding()) : socket;
  };
  const socket = await holding();
  const refused = await server.ask(path, large);
  expect([refused.status, refused.headers.get("retry-after"), refused.json()["code"]]).toEqual([503, "1", "SERVE_BUSY"]);
  expect(await status(small)).toBe(200);
  // Its bytes are few, and it may become many.
  expect(await status(gzipSync(large), { "content-encoding": "gzip" })).toBe(503);
  socket.destroy();
  await once(socket, "close");
  while ((await status(large)) !== 200);
  expect(await status(gzipSync(large), { "content-encoding": "gzip" })).toBe(200);
});

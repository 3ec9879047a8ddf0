import { gzipSync } from "node:zlib";
import { fragileModel, typesModel } from "@millrace/core/testkit";
import { beforeAll, afterAll, describe, expect, it } from "vitest";
import { projectFolders } from "../../fixtures/project-folders.js";
import { raw, rawConnection, statusIn } from "../../fixtures/raw-http.js";
import { serve, type ServeProcess } from "../../fixtures/serve-process.js";
import { servingProject } from "../../fixtures/serving-project.js";

const project = projectFolders();
const MIB = 2 ** 20;

let server: ServeProcess;
beforeAll(async () => {
  const limits = { body: "1MiB", header: "8KiB", headerTime: "1s", requestTime: "2s", idleTime: "1s", connections: 600, rows: 500, depth: 20 };
  server = await serve(await servingProject(project({}), { limits }, { model: "types", bundle: typesModel() }, { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }, { x: 3 }] }));
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

const PATH = "/v1/models/fragile/predict";
const head = (...lines: readonly string[]) => [`POST ${PATH} HTTP/1.1`, "host: test", "connection: close", ...lines, "", ""].join("\r\n");

async function memory(): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)![1]);
}

/** The server answers as before, and has not grown by more than so many bytes. */
async function isHealthy(before: number, bytes: number): Promise<void> {
  const response = await fetch(`${server.url}${PATH}`, { method: "POST", body: JSON.stringify({ rows: [{ x: 2 }] }) });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ rows: [{ prediction: 12 }] });
  expect((await memory()) - before).toBeLessThan(bytes);
}

async function post(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}, path = PATH): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${server.url}${path}`, { method: "POST", body: body as string, headers });
  return { status: response.status, text: await response.text() };
}

function isError(text: string): void {
  expect(JSON.parse(text)).toMatchObject({ error: expect.any(String), code: expect.stringMatching(/^SERVE_/) });
  expect(text).not.toContain("\n");
}

describe("bodies", () => {
  it("that are longer than the limit are refused before they are read, announced or not", async () => {
    const before = await memory();
    const announced = await raw(server.url, head("content-length: 99999999999"));
    expect(statusIn(announced)).toBe(413);
    isError(announced.slice(announced.indexOf("\r\n\r\n") + 4));
    const connection = await rawConnection(server.url);
    await connection.write(head("transfer-encoding: chunked"));
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    for (let sent = 0; sent < 64 && (await connection.write(chunk)); sent++) if (statusIn(connection.received()) !== 0) break;
    expect(statusIn(await connection.closed)).toBe(413);
    await isHealthy(before, 64 * MIB);
  });

  it("that are bombs are refused", async () => {
    const before = await memory();
    const bomb = gzipSync(Buffer.alloc(64 * MIB + 1, 0x20));
    expect(await post(bomb, { "content-encoding": "gzip" })).toMatchObject({ status: 413 });
    await isHealthy(before, 64 * MIB);
  });

  it("that nest deep are refused: 250,000 arrays, objects, in data and in rows", async () => {
    const before = await memory();
    for (const [open, close] of [["[", "]"], ['{"a":', "}"]] as const) {
      const deep = `${open.repeat(120_000)}1${close.repeat(120_000)}`;
      for (const body of [deep, `{"rows":${deep}}`, `{"rows":[{"x":${deep}}]}`]) expect((await post(body)).status).toBe(400);
      expect((await post(`{"inputs":${deep}}`, {}, "/v2/models/fragile/infer")).status).toBe(400);
    }
    expect((await post("[".repeat(MIB - 1))).status).toBe(400);
    await isHealthy(before, 96 * MIB);
  });

  it("in a hundred thousand chunks of a byte cost no memory", async () => {
    const before = await memory();
    for (let round = 0; round < 3; round++) {
      const connection = await rawConnection(server.url);
      await connection.write(head("transfer-encoding: chunked"));
      await connection.write("1\r\n \r\n".repeat(100_000));
      await connection.write(`12\r\n{"rows":[{"x":1}]}\r\n0\r\n\r\n`);
      expect(statusIn(await connection.closed)).toBe(200);
    }
    await isHealthy(before, 32 * MIB);
  });

  it("with the keys of prototypes change nothing", async () => {
    for (const body of ['{"__proto__":{"rows":[{"x":1}]}}', '{"rows":[{"x":1,"__proto__":{"y":1}}]}', '{"rows":[{"__proto__":{"x":1}}]}', '{"rows":[{"constructor":1,"x":1}]}', '{"constructor":{"prototype":{"a":1}},"rows":[{"x":1}]}', '{"rows":[{"toString":1}]}']) {
      const { status, text } = await post(body);
      expect([body, status]).toEqual([body, 400]);
      isError(text);
    }
    expect((await post('{"inputs":[{"name":"__proto__","datatype":"FP64","shape":[1],"data":[1]}]}', {}, "/v2/models/fragile/infer")).status).toBe(400);
  });
});

describe("heads", () => {
  it("that lie about the length of the body are refused", async () => {
    const body = '{"rows":[{"x":1}]}';
    for (const [name, lines, status] of [
      ["two lengths", ["content-length: 18", "content-length: 19"], 400],
      ["length and chunks", ["content-length: 18", "transfer-encoding: chunked"], 400],
      ["a negative length", ["content-length: -1"], 400],
      ["no number", ["content-length: abc"], 400],
      ["an overflow", ["content-length: 99999999999999999999999"], 400],
    ] as const) {
      const text = await raw(server.url, `${head(...lines)}${body}`);
      expect([name, statusIn(text)]).toEqual([name, status]);
      isError(text.slice(text.indexOf("\r\n\r\n") + 4));
    }
  });

  it("that are shorter than announced time out, with 408", async () => {
    const text = await raw(server.url, `${head("content-length: 100")}{"rows":`);
    expect(statusIn(text)).toBe(408);
  });

  it("that are floods are refused", async () => {
    const before = await memory();
    expect(statusIn(await raw(server.url, head(...Array.from({ length: 5_000 }, (_, at) => `x-h${at}: 1`))))).toBe(431);
    expect(statusIn(await raw(server.url, head(`x: ${"y".repeat(10_000)}`)))).toBe(431);
    expect(statusIn(await raw(server.url, `POST /${"a".repeat(10_000)} HTTP/1.1\r\n\r\n`))).toBe(431);
    await isHealthy(before, 32 * MIB);
  });

  it.each(["GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n", "POST / HTTP/1.1\r\nbad header\r\n\r\n"])("that are no HTTP are refused: %j", async (text) => {
    expect(statusIn(await raw(server.url, text))).toBe(400);
  });
});

describe("connections", () => {
  it("that send their head a byte at a time are closed, and hold nobody up", async () => {
    const slow = await Promise.all(Array.from({ length: 50 }, () => rawConnection(server.url)));
    await Promise.all(slow.map(({ write }) => write("POST / HTTP/1.1\r\nx-a: ")));
    const dripping = setInterval(() => slow.forEach(({ write }) => void write("y")), 100);
    await isHealthy(0, Infinity);
    const ends = await Promise.all(slow.map(({ closed }) => closed));
    clearInterval(dripping);
    expect(new Set(ends.map(statusIn))).toEqual(new Set([408]));
  });

  it("that are silent are closed, and more than allowed are not taken", async () => {
    const before = await memory();
    const idle = await Promise.all(Array.from({ length: 1_000 }, () => rawConnection(server.url)));
    await Promise.all(idle.map(({ closed }) => closed));
    await isHealthy(before, 64 * MIB);
  });

  it("may send many requests at once, and get the answers in order", async () => {
    const connection = await rawConnection(server.url);
    const body = (x: number) => `{"rows":[{"x":${x}}]}`;
    const requests = Array.from({ length: 200 }, (_, at) => `POST ${PATH} HTTP/1.1\r\nhost: test\r\n${at === 199 ? "connection: close\r\n" : ""}content-length: ${body(at % 4).length}\r\n\r\n${body(at % 4)}`);
    await connection.write(requests.join(""));
    const answers = [...(await connection.closed).matchAll(/"prediction":(\d+)/g)].map((match) => Number(match[1]));
    expect(answers).toEqual(Array.from({ length: 200 }, (_, at) => 10 + (at % 4)));
  });

  it("that go away in the midst of a request leave nothing behind", async () => {
    const before = await memory();
    for (let round = 0; round < 100; round++) {
      const connection = await rawConnection(server.url);
      await connection.write(`${head("content-length: 100000")}{"rows":[`);
      connection.socket.destroy();
    }
    await isHealthy(before, 32 * MIB);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('millrace_pending_requests{model="fragile",version="1"} 0');
  });
});

describe("names", () => {
  const BAD = ["..", ".", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%2f..%2fetc", "%2fetc%2fpasswd", "a%2fb", "%20", "%20..", "a%20b", "a%00b", "%", "%zz", "%ff", "a\\b", "~", "a@b", "x".repeat(129), "%F0%9F%98%80", "a;b", "a,b", "a:b"];
  // fetch would mend some of these paths by itself.
  const status = async (path: string, method = "GET") => statusIn(await raw(server.url, `${method} ${path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n`));

  it.each(BAD)("that no model can have are refused wherever they stand: %s", async (name) => {
    for (const path of [`/v1/models/${name}`, `/v1/models/types/versions/${name}`, `/v1/models/types/aliases/${name}`, `/v2/models/${name}`, `/v2/models/types/versions/${name}/ready`]) expect([path, await status(path)]).toEqual([path, 400]);
    for (const path of [`/v1/models/${name}/predict`, `/v2/models/${name}/infer`, `/v2/repository/models/${name}/load`]) expect([path, await status(path, "POST")]).toEqual([path, 400]);
  });

  it.each(["...", "model..1", "..x", "absent", "__proto__", "constructor", "hasOwnProperty"])("that a model may have are not found: %s", async (name) => {
    expect(await status(`/v1/models/${name}`)).toBe(404);
    expect(await status(`/v2/models/${name}`)).toBe(404);
  });

  it("lead nowhere else: what is below or beside a path is not found", async () => {
    for (const path of ["/", "/v1", "/v3", "/v1/models/types/", "/v1/models/types/predict/x", "/v1//models/types", "//v1/models/types", "/v1/models//predict", "/etc/passwd", "/../../etc/passwd", "/v2/models/types/infer/../../../etc", "/health", "/health/x", "/metrics/x"]) {
      const found = await status(path);
      expect([path, [200, 400, 404, 405].includes(found)]).toEqual([path, true]);
      if (path !== "/v1/models/types/") expect([path, found === 200]).toEqual([path, false]);
    }
  });

  it("are asked with their own methods alone", async () => {
    for (const [path, method] of [["/v1/models/types/predict", "GET"], ["/v1/models/types/predict", "PUT"], ["/v1/models", "POST"], ["/v1/models", "DELETE"], ["/health/live", "POST"], ["/v2/models/types/infer", "PATCH"], ["/metrics", "OPTIONS"]] as const) expect([path, method, await status(path, method)]).toEqual([path, method, 405]);
    expect(await status("/health/live", "HEAD")).toBe(200);
    expect(await status("/v2/repository/models/types/load", "POST")).toBe(403);
  });
});

it("tells nothing of its files, whatever fails", async () => {
  const { status, text } = await post('{"rows":[{"x":77}]}');
  expect(status).toBe(500);
  isError(text);
  expect(text).not.toMatch(/\/|\.js|indices|onnx/i);
});

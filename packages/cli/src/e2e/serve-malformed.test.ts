import { Agent, request } from "node:http";
import { deflateSync, gzipSync } from "node:zlib";
import { typesModel } from "@millrace/core/testkit";
import fc from "fast-check";
import { expect, it } from "vitest";
import { projectFolders } from "../../fixtures/project-folders.js";
import { endServers, serve } from "../../fixtures/serve-process.js";
import { servingProject } from "../../fixtures/serving-project.js";

const project = projectFolders();
endServers();

interface Malformed {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const ROW = { city: "Oslo", price: 20, weight: 1.5, items: 3, ticket: 7, member: true, at: "2023-05-01T00:00:00Z" };
const TENSORS = { id: "1", inputs: [["city", "BYTES", "Oslo"], ["price", "FP64", 20], ["weight", "FP32", 1.5], ["items", "INT32", 3], ["ticket", "INT64", 7], ["member", "BOOL", true], ["at", "INT64", 0]].map(([name, datatype, value]) => ({ name, datatype, shape: [1, 1], data: [value] })) };

const odd = fc.oneof(fc.json().map((text) => JSON.parse(text) as unknown), fc.constantFrom<unknown>(null, true, -0, 1e308, 2 ** 53, -1, "", "\u0000", "\ud800", [], {}, [[[]]], "NaN"), fc.integer(), fc.double(), fc.string());
const key = fc.oneof(fc.constantFrom(...Object.keys(ROW), "rows", "inputs", "outputs", "shape", "data", "datatype", "parameters", "binary_data_size", "name", "__proto__", "constructor", "toString"), fc.string({ maxLength: 8 }));

/** A document with something in it changed: a member set, taken away, or put where another stood. */
function changed(document: unknown, [path, name, value]: readonly [readonly number[], string, unknown]): unknown {
  const copy = structuredClone(document);
  let at = copy as Record<string, unknown>;
  for (const step of path) {
    const members = Object.values(at).filter((member) => typeof member === "object" && member !== null);
    if (members.length === 0) break;
    at = members[step % members.length] as Record<string, unknown>;
  }
  const names = Object.keys(at);
  const chosen = names.length === 0 || name.length % 3 === 0 ? name : names[name.length % names.length]!;
  if (Array.isArray(at) && chosen === "length") return copy;
  if (value === undefined) delete at[chosen];
  else Object.defineProperty(at, chosen, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

const change = fc.tuple(fc.array(fc.nat(7), { maxLength: 4 }), key, fc.option(odd, { nil: undefined }));
const changes = fc.array(change, { minLength: 1, maxLength: 3 });

interface Payload {
  readonly body: Buffer;
  /** Where it belongs. */
  readonly path: string;
  /** What Inference-Header-Content-Length says. */
  readonly head?: string;
}

const [PREDICT, INFER] = ["/v1/models/types/predict", "/v2/models/types/infer"];
const json = (path: string, value: unknown): Payload => ({ path, body: Buffer.from(JSON.stringify(value) ?? "") });
const rows = fc.tuple(fc.constantFrom<unknown>({ rows: [ROW, ROW] }, { rows: [ROW], outputs: ["score"] }), changes).map(([document, made]) => json(PREDICT, made.reduce(changed, document)));
const tensors = changes.map((made) => json(INFER, made.reduce(changed, TENSORS as unknown)));
const others = fc.tuple(fc.constantFrom(PREDICT, INFER, "/v2/repository/index"), odd).map(([path, value]) => json(path, value));
const noise = fc.tuple(fc.constantFrom(PREDICT, INFER), fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json())).map(([path, body]): Payload => ({ path, body: Buffer.from(body as string) }));

/** The same tensors as bytes, with lies about the lengths of head and tensors. */
const BYTES: readonly Buffer[] = [Buffer.from("\u0004\0\0\0Oslo"), ...[Float64Array.of(20), Float32Array.of(1.5), Int32Array.of(3), BigInt64Array.of(7n), Uint8Array.of(1), BigInt64Array.of(0n)].map((values) => Buffer.from(values.buffer))];
const BINARY = { inputs: TENSORS.inputs.map(({ name, datatype, shape }, at) => ({ name, datatype, shape, parameters: { binary_data_size: BYTES[at]!.length } })), parameters: { binary_data_output: true } };
const lie = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -20, max: 20 }) });
const binaries = fc.tuple(fc.array(change, { maxLength: 2 }), lie, fc.uint8Array({ maxLength: 4 }), lie).map(([made, off, more, last]): Payload => {
  const text = Buffer.from(JSON.stringify(made.reduce(changed, BINARY as unknown)));
  return { path: INFER, body: Buffer.concat([text, ...BYTES, last === 0 ? Buffer.alloc(0) : Buffer.from(more)]), head: String(text.length + off) };
});
/** In one of eight: what is refused at once hides all behind it. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
/** Bytes that were cut, or of which one was changed. */
const bodies = fc.tuple(fc.oneof({ weight: 4, arbitrary: rows }, { weight: 3, arbitrary: tensors }, { weight: 3, arbitrary: binaries }, { weight: 1, arbitrary: others }, { weight: 1, arbitrary: noise }), seldom(fc.nat(400)), seldom(fc.tuple(fc.nat(400), fc.nat(255)))).map(([payload, cut, flip]): Payload => {
  const bytes = Buffer.from(payload.body.subarray(0, cut));
  if (flip !== undefined && bytes.length > 0) bytes[flip[0] % bytes.length] = flip[1];
  return { ...payload, body: bytes };
});
const segment = fc.oneof(fc.constantFrom("v1", "v2", "models", "types", "predict", "infer", "versions", "aliases", "1", "champion", "..", "%2e", "%", "", "repository", "index", "load", "try", "health", "metrics", "__proto__"), fc.string({ maxLength: 6 }).map(encodeURIComponent));
/** Elsewhere than where the body belongs. */
const paths = seldom(fc.oneof(fc.constantFrom(PREDICT, INFER, "/v2/models/types/versions/1/infer", "/v2/repository/index"), fc.array(segment, { maxLength: 7 }).map((segments) => `/${segments.join("/")}`)));
const headers = fc
  .record({
    "content-encoding": fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 3, arbitrary: fc.constantFrom("gzip", "deflate") }, { weight: 1, arbitrary: fc.constantFrom("br", "identity", "GZIP", "x", "gzip, gzip") }),
    "inference-header-content-length": seldom(fc.oneof(fc.integer({ min: -5, max: 300 }).map(String), fc.constantFrom("", "abc", "1e9", "99999999999999999999"))),
    "content-type": fc.option(fc.constantFrom("application/json", "text/plain", "multipart/form-data", ""), { nil: undefined }),
    traceparent: seldom(fc.constantFrom("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0-0-0", "x".repeat(300))),
    authorization: seldom(fc.constantFrom("Bearer x", "Basic ", "")),
    "x-request-id": seldom(fc.constantFrom("a", "a b", "x".repeat(500))),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)));
const requests: fc.Arbitrary<Malformed> = fc.record({ method: fc.oneof({ weight: 12, arbitrary: fc.constant("POST") }, { weight: 1, arbitrary: fc.constantFrom("GET", "PUT", "DELETE", "HEAD", "OPTIONS") }), path: paths, headers, payload: bodies, packs: fc.integer({ min: 0, max: 4 }) }).map(({ packs, path, payload: { body, head, path: own }, headers, method }) => {
  const rest = { method, path: path ?? own, body, headers: { ...(head === undefined ? {} : { "inference-header-content-length": head }), ...headers } as Readonly<Record<string, string>> };
  const encoding = rest.headers["content-encoding"];
  return packs > 0 && encoding === "gzip" ? { ...rest, body: gzipSync(rest.body) } : packs > 0 && encoding === "deflate" ? { ...rest, body: deflateSync(rest.body) } : rest;
});

it("10,000 malformed requests give no 5xx, and the server answers as before", async () => {
  const server = await serve(await servingProject(project({}), { limits: { body: "1MiB" } }, { model: "types", bundle: typesModel() }));
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const { hostname, port } = new URL(server.url);
  const send = ({ method, path, headers, body }: Malformed): Promise<{ readonly status: number; readonly text: string }> =>
    new Promise((resolve, reject) => {
      const sent = request({ agent, hostname, port, method, path, headers: { ...headers, "content-length": String(body.length) } }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString("utf8") }));
      });
      // A body that the server refuses to read to its end may cost the connection.
      sent.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" || error.code === "EPIPE" ? resolve({ status: 0, text: "" }) : reject(error)));
      sent.end(body);
    });
  const all = fc.sample(requests, { numRuns: 10_000, seed: 7 });
  const statuses = new Map<number, number>();
  const codes = new Map<string, number>();
  let next = 0;
  const one = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) {
      const { status, text } = await send(all[at]!);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500) throw new Error(`${status} ${text} for ${all[at]!.method} ${all[at]!.path} ${JSON.stringify(all[at]!.headers)} ${all[at]!.body.toString("base64")}`);
      if (status < 400 || all[at]!.method === "HEAD") continue;
      const error = JSON.parse(text) as { readonly code: string };
      expect(error).toMatchObject({ error: expect.any(String), code: expect.any(String) });
      expect(text).not.toContain("\n");
      codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  agent.destroy();
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
  // Most are malformed indeed, and some pass; each place that refuses has refused many.
  expect(statuses.get(400)!).toBeGreaterThan(5_000);
  expect(statuses.get(200)!).toBeGreaterThan(500);
  for (const [code, least] of [["SERVE_TENSOR", 2_000], ["SERVE_BODY", 2_000], ["SERVE_INPUT", 400], ["SERVE_ENCODING", 400], ["SERVE_METHOD", 400], ["SERVE_NOT_FOUND", 400], ["SERVE_OUTPUT", 40]] as const) expect([code, codes.get(code)! > least]).toEqual([code, true]);
  const response = await fetch(`${server.url}/v1/models/types/predict`, { method: "POST", body: JSON.stringify({ rows: [ROW] }) });
  expect(response.status).toBe(200);
  expect(server.logged().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  expect(await server.stop()).toBe(0);
}, 240_000);

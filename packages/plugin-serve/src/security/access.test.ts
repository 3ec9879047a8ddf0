import { createHash } from "node:crypto";
import { fragileModel } from "@millrace/core/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { runningServer, type TestServer } from "../../fixtures/running-server.js";
import { startServer } from "../start-server.js";
import { ROUTE_FACTS } from "../http/route-facts.js";
import { serverSchema } from "@millrace/core/model";
import { findKey, parseApiKeys } from "./api-keys.js";
import { createRateLimit } from "./rate-limit.js";

const KEYS = { reader: "reader-key-0123456789", caller: "caller-key-0123456789", boss: "boss-key-0123456789abc" };
const hash = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const LINES = `# who may ask\nreader read ${KEYS.reader}\ncaller infer ${KEYS.caller}\n\nboss read,infer,admin ${hash(KEYS.boss)}\n`;

describe("API keys", () => {
  it("are found by their text, whether the file has them or their digests", () => {
    const keys = parseApiKeys(LINES);
    expect(keys.map(({ name }) => name)).toEqual(["reader", "caller", "boss"]);
    expect(findKey(keys, KEYS.boss)?.name).toBe("boss");
    expect(findKey(keys, `${KEYS.boss} `)).toBeNull();
    expect(findKey(keys, hash(KEYS.boss))).toBeNull();
    expect(findKey(keys, "")).toBeNull();
  });

  it.each(["name", "name read", "name read short", "name write 0123456789abcdef", "name read,, 0123456789abcdef", "name read 0123456789abcdef more", "name read sha256:12"])("that are none are refused, and not shown: %s", (line) => {
    expect(() => parseApiKeys(`good read ${KEYS.reader}\n${line}`)).toThrow(expect.objectContaining({ code: "SERVE_KEYS", message: "Line 2 of the API keys is none." }));
  });
});

describe("a server with API keys", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await runningServer({ auth: { keys: LINES } }, { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }, { x: 3 }] });
  });
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const ROWS = { rows: [{ x: 1 }] };
  const PATHS: readonly (readonly ["GET" | "POST", string, "read" | "infer" | "admin"])[] = [
    ["GET", "/metrics", "read"], ["GET", "/v1/models", "read"], ["GET", "/v1/models/fragile", "read"], ["GET", "/v1/models/fragile/openapi.json", "read"],
    ["GET", "/v2", "read"], ["GET", "/v2/models/fragile", "read"], ["GET", "/v2/models/fragile/versions/1", "read"], ["GET", "/v2/models/fragile/stats", "read"], ["GET", "/v2/models/stats", "read"], ["GET", "/v2/models/fragile/config", "read"], ["POST", "/v2/repository/index", "read"],
    ["POST", "/v1/models/fragile/predict", "infer"], ["POST", "/v1/models/fragile/versions/1/predict", "infer"], ["POST", "/v1/models/fragile/aliases/champion/predict", "infer"], ["POST", "/v1/models/fr%61gile/predict", "infer"],
    ["POST", "/v2/models/fragile/infer", "infer"], ["POST", "/v2/models/fragile/versions/1/infer", "infer"],
    ["POST", "/v2/repository/models/fragile/unload", "admin"], ["POST", "/v2/repository/models/fragile/load", "admin"], ["POST", "/v2/repository/models/fr%61gile/load/", "admin"],
  ];

  it.each(PATHS)("asks for a key, and for its scope: %s %s", async (method, path, scope) => {
    const ask = (headers: Record<string, string>) => (method === "GET" ? server.get(path, headers) : server.ask(path, path.endsWith("predict") ? ROWS : path.includes("repository") ? {} : ROWS, headers));
    for (const headers of [{}, bearer("wrong-key-0123456789"), bearer(""), { authorization: "Basic abc" }, { "x-api-key": "nope" }]) {
      const answer = await ask(headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
    for (const [key, scopes] of [[KEYS.reader, ["read"]], [KEYS.caller, ["infer"]], [KEYS.boss, ["read", "infer", "admin"]]] as const) {
      const { status } = await ask(bearer(key));
      expect(status === 401 || status === 403).toBe(!(scopes as readonly string[]).includes(scope));
    }
  });

  it("takes keys in X-Api-Key too, and leaves health open", async () => {
    expect((await server.get("/v1/models", { "x-api-key": KEYS.reader })).status).toBe(200);
    for (const path of ["/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready"]) expect((await server.get(path)).status).toBe(200);
  });

  it("lets an admin withdraw a model and offer it again", async () => {
    const admin = (action: string) => server.ask(`/v2/repository/models/fragile/${action}`, {}, bearer(KEYS.boss));
    const predict = async () => (await server.ask("/v1/models/fragile/predict", ROWS, bearer(KEYS.caller))).status;
    expect((await admin("unload")).status).toBe(200);
    expect(await predict()).toBe(404);
    expect((await admin("load")).status).toBe(200);
    expect(await predict()).toBe(200);
    expect((await server.ask("/v2/repository/models/absent/load", {}, bearer(KEYS.boss))).status).toBe(404);
  });

  it("gives the page to try a model to anyone: it holds nothing of a model, and is the same for all", async () => {
    const { status, text } = await server.get("/v1/models/fragile/try");
    expect(status).toBe(200);
    expect(text).not.toContain("fragile");
    expect((await server.get("/v1/models/absent/versions/3/try")).text).toBe(text);
  });

  it("writes no key into its log", () => {
    for (const key of Object.values(KEYS)) expect(JSON.stringify(server.lines)).not.toContain(key);
  });

  it("has a scope, or a reason for none, for every route", () => {
    const open = Object.entries(ROUTE_FACTS).filter(([, { scope }]) => scope === null).map(([kind]) => kind);
    expect(open.sort()).toEqual(["live", "page", "ready", "v2-live", "v2-ready", "v2-ready-server"]);
  });
});

describe("a server without API keys", () => {
  it("does not start beyond loopback", async () => {
    for (const listen of ["0.0.0.0:0", ":0", "[::]:0", "192.168.1.1:0"])
      await expect(startServer({ config: serverSchema.parse({ listen }) } as Parameters<typeof startServer>[0])).rejects.toMatchObject({ code: "SERVE_OPEN" });
    for (const listen of ["nowhere", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x"]) await expect(startServer({ config: serverSchema.parse({ listen }) } as Parameters<typeof startServer>[0])).rejects.toMatchObject({ code: "SERVE_LISTEN" });
  });

  it("does not start for what names no model, and says what it does not find", async () => {
    await expect(startServer({ config: serverSchema.parse({ models: ["a@@b"] }) } as Parameters<typeof startServer>[0])).rejects.toMatchObject({ code: "MODEL_REF" });
    const server = await runningServer({ models: ["fragile@champion", "fragile@challenger", "delays", "fragile@7"] }, { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }] });
    expect(server.lines.flatMap(([level, facts]) => (level === "warn" ? [(facts as { ref: string }).ref] : []))).toEqual(["fragile@challenger", "delays", "fragile@7"]);
  });

  it("keeps its admin routes closed", async () => {
    const server = await runningServer({}, { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }] });
    for (const action of ["load", "unload"]) expect((await server.ask(`/v2/repository/models/fragile/${action}`, {})).status).toBe(403);
  });
});

describe("the limit of requests", () => {
  it("is a bucket for each client that fills with time", () => {
    let now = 0;
    const take = createRateLimit(10, 3, () => now);
    const taken = (client: string) => {
      try {
        take(client);
        return true;
      } catch {
        return false;
      }
    };
    expect([taken("a"), taken("a"), taken("a"), taken("a")]).toEqual([true, true, true, false]);
    expect(taken("b")).toBe(true);
    now = 100;
    expect([taken("a"), taken("a")]).toEqual([true, false]);
    now = 10_000;
    expect([taken("a"), taken("a"), taken("a"), taken("a")]).toEqual([true, true, true, false]);
  });

  it("counts those without a good key by their address, and leaves those with one alone", async () => {
    const server = await runningServer({ auth: { keys: LINES }, limits: { rate: 0.01, burst: 3 } }, { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }] });
    const status = async (key: string) => (await server.get("/v1/models", { "x-api-key": key })).status;
    const guesses: number[] = [];
    for (let guess = 0; guess < 5; guess++) guesses.push(await status(`wrong-key-000000000${guess}`));
    expect(guesses).toEqual([401, 401, 401, 429, 429]);
    expect(await status(KEYS.reader)).toBe(200);
  });

  it("answers 429 with Retry-After", async () => {
    const server = await runningServer({ limits: { rate: 0.01, burst: 2 } }, { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }] });
    const ask = () => server.ask("/v1/models/fragile/predict", { rows: [{ x: 1 }] });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await server.get("/health/ready")).status).toBe(200);
  });
});

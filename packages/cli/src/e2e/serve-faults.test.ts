import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { request, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { fromRows, type Frame, type Runtime } from "@millrace/core";
import { moveAlias } from "@millrace/core/model";
import { endlessModel, fragileModel, registerBundle, typesModel } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { projectFolders } from "../../fixtures/project-folders.js";
import { endServers, serve, type ServeProcess } from "../../fixtures/serve-process.js";
import { register, servingProject, withStore } from "../../fixtures/serving-project.js";

const project = projectFolders();
endServers();

const ROW = { city: "Oslo", price: 20, weight: 1.5, items: 3, ticket: 7, member: true, at: "2023-05-01T00:00:00Z" };
const types = { model: "types", bundle: typesModel() };
const fragile = { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }, { x: 3 }] };
const endless = { model: "endless", bundle: endlessModel(), golden: [{ x: 0 }, { x: 3 }] };

interface Answer {
  readonly status: number;
  readonly json: { readonly version?: number; readonly code?: string; readonly rows?: readonly { readonly prediction?: number }[] };
}

async function ask({ url }: ServeProcess, model: string, ...rows: readonly object[]): Promise<Answer> {
  const response = await fetch(`${url}/v1/models/${model}/predict`, { method: "POST", body: JSON.stringify({ rows }) });
  return { status: response.status, json: (await response.json()) as Answer["json"] };
}

/** Asks again and again from several clients until it is told to stop; the answers that were not 200. */
function load(server: ServeProcess, model: string, row: object, clients = 8): { stop(): Promise<{ readonly asked: number; readonly versions: ReadonlySet<number>; readonly bad: readonly Answer[] }> } {
  const over = new AbortController();
  let asked = 0;
  const versions = new Set<number>();
  const bad: Answer[] = [];
  const one = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const answer = await ask(server, model, row);
      asked++;
      if (answer.status !== 200) bad.push(answer);
      else versions.add(answer.json.version!);
    }
  };
  const all = Array.from({ length: clients }, one);
  return {
    async stop() {
      over.abort();
      await Promise.all(all);
      return { asked, versions, bad };
    },
  };
}

const pidsOf = ({ logged }: ServeProcess): readonly number[] => logged().flatMap(({ pid }) => (typeof pid === "number" ? [pid] : []));

/** Waits until a question has its answer; each look is a request, so that nothing is left to luck. */
async function eventually<T>(look: () => Promise<T>, isGood: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await look();
    if (isGood(found)) return found;
  }
}

describe("a worker", () => {
  const ISOLATED = { engine: { cost: "0ms" } };

  it("that is killed under load costs no request: its rows are asked again of the next one", async () => {
    const server = await serve(await servingProject(project({}), ISOLATED, types));
    const traffic = load(server, "types", ROW);
    await eventually(() => ask(server, "types", ROW), ({ status }) => status === 200);
    process.kill(pidsOf(server)[0]!, "SIGKILL");
    await server.until(/was lost[\s\S]*a process of types@1 answers/);
    const { bad } = await traffic.stop();
    expect(bad).toEqual([]);
    expect(pidsOf(server)).toHaveLength(2);
    expect(await server.stop()).toBe(0);
  });

  it("that hangs in an endless loop is killed at the deadline, and others are not held up", async () => {
    const server = await serve(await servingProject(project({}), { limits: { deadline: "700ms" } }, types, endless));
    expect(await ask(server, "endless", { x: 2 })).toMatchObject({ status: 200, json: { rows: [{ prediction: 2 }] } });
    const hung = ask(server, "endless", { x: -1 });
    expect((await ask(server, "types", ROW)).status).toBe(200);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect(await hung).toMatchObject({ status: 504, json: { code: "SERVE_DEADLINE" } });
    await server.until(/a process of endless@1 was lost/);
    expect((await eventually(() => ask(server, "endless", { x: 3 }), ({ status }) => status === 200)).json.rows).toEqual([{ prediction: 3 }]);
    expect(await server.stop()).toBe(0);
  });

  it.skipIf(!existsSync("/proc/self/stat"))("that runs for ever ends with its server, however that ends", async () => {
    const server = await serve(await servingProject(project({}), { limits: { deadline: "60s" } }, endless));
    void ask(server, "endless", { x: -1 }).catch(() => {});
    await eventually(async () => await (await fetch(`${server.url}/metrics`)).text(), (text) => text.includes('millrace_pending_requests{model="endless",version="1"} 1'));
    const [pid] = pidsOf(server);
    expect(isRunning(pid!)).toBe(true);
    server.child.kill("SIGKILL");
    expect(await server.ended).toBe(null);
    while (isRunning(pid!)) await new Promise(setImmediate);
  });

  it("that ends again and again is given up for a while, and its model alone answers 503", async () => {
    const server = await serve(await servingProject(project({}), { engine: { cost: "0ms" } }, types, fragile));
    let killed = 0;
    const pids = () => server.logged().flatMap(({ pid, msg }) => (typeof pid === "number" && msg.includes("types@1") ? [pid] : []));
    while (!server.logged().some(({ msg }) => msg.includes("types@1 is given up"))) {
      const all = pids();
      if (all.length > killed) process.kill(all[killed++]!, "SIGKILL");
      await fetch(`${server.url}/health/live`);
    }
    expect(await ask(server, "types", ROW)).toMatchObject({ status: 503, json: { code: "SERVE_UNAVAILABLE" } });
    expect((await ask(server, "fragile", { x: 1 })).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });
});

describe.each([["in the server's process", {}], ["in a process of its own", { engine: { cost: "0ms" } }]] as const)("a row on which the model fails, %s", (_, config) => {
  it("fails alone, whatever arrives beside it", async () => {
    const server = await serve(await servingProject(project({}), config, fragile));
    const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => ask(server, "fragile", { x: at === 17 ? 99 : at % 4 })));
    answers.forEach(({ status, json }, at) => {
      if (at === 17) expect({ status, code: json.code }).toEqual({ status: 500, code: "SERVE_FAILED" });
      else expect({ status, rows: json.rows }).toEqual({ status: 200, rows: [{ prediction: 10 + (at % 4) }] });
    });
    expect(await server.stop()).toBe(0);
  });
});

describe("a version", () => {
  it("is switched under load without a failed request, within a second of its alias", async () => {
    const folder = await servingProject(project({}), {}, types);
    const server = await serve(folder);
    const traffic = load(server, "types", ROW, 4);
    const second = await register(folder, { model: "types", bundle: typesModel(2), alias: null });
    await withStore(folder, (store) => moveAlias(store, { model: "types", alias: "champion", to: second.version, reason: "test", at: "2024-01-02T00:00:00.000Z" }));
    const moved = performance.now();
    await eventually(() => ask(server, "types", ROW), ({ json }) => json.version === 2);
    const seconds = (performance.now() - moved) / 1_000;
    await server.until(/types@1 is let go/);
    const { bad, versions } = await traffic.stop();
    expect(bad).toEqual([]);
    expect([...versions].sort()).toEqual([1, 2]);
    // The promise is a second; a machine under load may take longer, and that is no fault of the server.
    expect(seconds).toBeLessThan(10);
    expect(await server.stop()).toBe(0);
  });

  it("answers the request that reached it, also where the rest of its body comes behind the switch", async () => {
    const folder = await servingProject(project({}), {}, types);
    const server = await serve(folder);
    const second = await register(folder, { model: "types", bundle: typesModel(2), alias: null });
    const body = JSON.stringify({ rows: [ROW] });
    const slow = request(`${server.url}/v1/models/types/predict`, { method: "POST", headers: { "content-length": body.length, expect: "100-continue" } });
    const answered = once(slow, "response") as Promise<[IncomingMessage]>;
    slow.flushHeaders();
    // The server has the head: the request has its model.
    await once(slow, "continue");
    slow.write(body.slice(0, 10));
    await withStore(folder, (store) => moveAlias(store, { model: "types", alias: "champion", to: second.version, reason: "test", at: "2024-01-02T00:00:00.000Z" }));
    await server.until(/types@1 is let go/);
    slow.end(body.slice(10));
    const [response] = await answered;
    expect({ status: response.statusCode, json: JSON.parse((await response.setEncoding("utf8").toArray()).join("")) as unknown }).toMatchObject({ status: 200, json: { version: 1 } });
    expect((await ask(server, "types", ROW)).json.version).toBe(2);
    expect(await server.stop()).toBe(0);
  });

  it.each([
    ["was corrupted", (file: string) => writeFileSync(file, Buffer.from("damaged")), "ARTIFACT_DAMAGED"],
    ["is gone", (file: string) => rmSync(file), "ARTIFACT_MISSING"],
  ])("whose artifact %s is refused, and the one before answers on", async (_, damage, code) => {
    const folder = await servingProject(project({}), {}, types);
    const server = await serve(folder);
    const second = await register(folder, { model: "types", bundle: typesModel(2), alias: null });
    const hex = second.onnx.slice("sha256:".length);
    damage(join(folder, ".millrace/artifacts", hex.slice(0, 2), hex.slice(2)));
    await withStore(folder, (store) => moveAlias(store, { model: "types", alias: "champion", to: 2, reason: "test", at: "2024-01-02T00:00:00.000Z" }));
    await server.until(new RegExp(code));
    expect((await ask(server, "types", ROW)).json.version).toBe(1);
    const index = (await (await fetch(`${server.url}/v2/repository/index`, { method: "POST" })).json()) as readonly object[];
    expect(index).toEqual([{ name: "types", version: "1", state: "READY", reason: "" }, { name: "types", version: "2", state: "UNAVAILABLE", reason: code }]);
    expect(await server.stop()).toBe(0);
  });

  it("whose file was swapped for another's is refused", async () => {
    const folder = await servingProject(project({}), {}, types, fragile);
    await withStore(folder, async (store) => {
      const [good, other] = [(await store.get("model", "types@1"))!, (await store.get("model", "fragile@1"))!];
      await store.commit([{ entity: "model", id: "types@1", expect: good.revision, value: { ...good.value, onnx: other.value.onnx } }]);
    });
    const server = await serve(folder);
    expect(server.logged().some(({ code }) => code === "SERVE_UNCERTIFIED")).toBe(true);
    expect((await ask(server, "types", ROW)).status).toBe(503);
    expect((await ask(server, "fragile", { x: 1 })).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });
});

describe("a store that is gone", () => {
  it("stops neither the server nor its next start", async () => {
    const folder = await servingProject(project({}), {}, types);
    const server = await serve(folder);
    const before = await ask(server, "types", ROW);
    for (const name of readdirSync(join(folder, ".millrace"))) if (name.startsWith("store.") || name === "artifacts") renameSync(join(folder, ".millrace", name), join(folder, `away-${name}`));
    expect((await ask(server, "types", ROW)).json.rows).toEqual(before.json.rows);
    expect(await server.stop()).toBe(0);
    const again = await serve(folder);
    expect((await ask(again, "types", ROW)).json.rows).toEqual(before.json.rows);
    expect(await again.stop()).toBe(0);
  });
});

describe("shutdown", () => {
  it("answers the requests in flight, refuses new connections, and ends with 0", async () => {
    const server = await serve(await servingProject(project({}), { limits: { deadline: "2s" } }, types, endless));
    const hung = ask(server, "endless", { x: -1 });
    await eventually(async () => await (await fetch(`${server.url}/metrics`)).text(), (text) => text.includes('millrace_pending_requests{model="endless",version="1"} 1'));
    const ended = server.stop();
    expect((await hung).status).toBe(504);
    expect(await ended).toBe(0);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it("is not held up by a model that hangs while it is loaded, at the start or later", async () => {
    const folder = await servingProject(project({}), {}, types);
    const server = await serve(folder);
    await registerHanging(folder);
    await server.until(LOADING);
    // A model may take a minute to load: neither of these does.
    const limit = AbortSignal.timeout(30_000);
    expect(await Promise.race([server.stop(), once(limit, "abort")])).toBe(0);
    const onSpawn = (child: ChildProcess): void => {
      let log = "";
      // Once: a second one ends it at once.
      const look = (text: string): unknown => LOADING.test((log += text)) && child.stderr!.off("data", look) && child.kill("SIGTERM");
      child.stderr!.on("data", look);
    };
    expect(await Promise.race([serve(folder, { onSpawn }).then(({ ended }) => ended), once(limit, "abort")])).toBe(0);
  });
});

/** One that ended may lie there until somebody asks for its code. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

const LOADING = /endless@1 runs in a process of its own/;

/** A version whose golden rows never come to an end. */
async function registerHanging(folder: string): Promise<void> {
  const { bundle } = endless;
  const { inputs: input, outputs: output } = bundle.signature;
  const predict = async ({ length }: Frame): Promise<Frame> => fromRows(output, Array.from({ length }, () => ({ prediction: 1 })));
  await withStore(folder, async (store, { artifacts, runtime }) => {
    const pretended: Runtime = { ...runtime, load: async () => ({ input, output, predict, async [Symbol.asyncDispose]() {} }) };
    await registerBundle({ store, artifacts, runtime: pretended }, bundle, { model: "endless", golden: fromRows(input, [{ x: -1 }]) });
  });
}

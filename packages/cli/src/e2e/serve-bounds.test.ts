import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endlessModel, typesModel } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders, writeFiles } from "../../fixtures/project-folders.js";
import { endServers, serve, type ServeProcess } from "../../fixtures/serve-process.js";
import { servingProject } from "../../fixtures/serving-project.js";
import { jsonLines, orders, shopConfig } from "../../fixtures/shop.js";

const project = projectFolders();
endServers();

const ROW = { city: "Oslo", price: 20, weight: 1.5, items: 3, ticket: 7, member: true, at: "2023-05-01T00:00:00Z" };
const types = { model: "types", bundle: typesModel() };
const endless = { model: "endless", bundle: endlessModel(), golden: [{ x: 0 }, { x: 3 }] };
const KEY = "boss-key-0123456789abc";
const predict = ({ url }: ServeProcess, model: string, row: object, headers: Readonly<Record<string, string>> = {}) => fetch(`${url}/v1/models/${model}/predict`, { method: "POST", headers, body: JSON.stringify({ rows: [row] }) });
const metric = async ({ url }: ServeProcess, name: RegExp, headers: Readonly<Record<string, string>> = {}) => Number(name.exec(await (await fetch(`${url}/metrics`, { headers })).text())?.[1] ?? NaN);

describe("memory", () => {
  it("reaches a plateau over 200 reloads", async () => {
    const server = await serve(await servingProject(project({}), { auth: { keys: "${env:KEYS}" } }, types), { env: { KEYS: `boss read,infer,admin ${KEY}` } });
    const headers = { authorization: `Bearer ${KEY}` };
    const reload = async () => {
      for (const action of ["unload", "load"]) expect((await fetch(`${server.url}/v2/repository/models/types/${action}`, { method: "POST", headers })).status).toBe(200);
    };
    const memory = () => metric(server, /^process_resident_memory_bytes (\d+)$/m, headers);
    const seen: number[] = [];
    for (let time = 0; time < 200; time++) {
      await reload();
      if (time % 10 === 9) seen.push(await memory());
    }
    expect((await predict(server, "types", ROW, headers)).status).toBe(200);
    // The second half may not have grown as the first did: at most by 48 MiB over 100 reloads of a model.
    const [middle, end] = [Math.max(...seen.slice(6, 10)), Math.min(...seen.slice(-4))];
    expect((end - middle) / 2 ** 20).toBeLessThan(48);
    expect(await server.stop()).toBe(0);
  }, 240_000);
});

describe("a queue that is full", () => {
  it("has new requests refused at once, with 503 and Retry-After, and others answered", async () => {
    const server = await serve(await servingProject(project({}), { limits: { queue: 5, deadline: "1500ms", wait: "10s" } }, types, endless));
    const hung = Array.from({ length: 5 }, () => predict(server, "endless", { x: -1 }));
    while ((await metric(server, /^millrace_pending_requests\{model="endless",version="1"\} (\d+)$/m)) < 5);
    const refused = await predict(server, "endless", { x: 1 });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await refused.json()).toMatchObject({ code: "SERVE_BUSY" });
    expect((await predict(server, "types", ROW)).status).toBe(200);
    expect((await Promise.all(hung)).map(({ status }) => status)).toEqual([504, 504, 504, 504, 504]);
    expect(await metric(server, /^millrace_failures_total\{model="endless",version="1",reason="SERVE_BUSY"\} (\d+)$/m)).toBe(1);
    expect(await server.stop()).toBe(0);
  });

  it("is one whose oldest request has waited too long, too", async () => {
    const server = await serve(await servingProject(project({}), { limits: { wait: "50ms", deadline: "2s" } }, endless));
    const hung = predict(server, "endless", { x: -1 });
    while ((await metric(server, /^millrace_pending_requests\{model="endless",version="1"\} (\d+)$/m)) < 1);
    // The first of these waits, and the others come until it has waited too long.
    const statuses: number[] = [];
    const asked: Promise<unknown>[] = [];
    while (!statuses.includes(503)) {
      asked.push(predict(server, "endless", { x: 1 }).then(({ status }) => statuses.push(status)));
      await fetch(`${server.url}/health/live`);
    }
    expect((await hung).status).toBe(504);
    await Promise.all(asked);
    expect(statuses).toContain(504);
    expect(await server.stop()).toBe(0);
  });
});

describe("health", () => {
  it("is told while the server has all the work that it can do", async () => {
    const server = await serve(await servingProject(project({}), { limits: { rows: 5_000, wait: "30s", deadline: "60s" } }, types));
    const body = JSON.stringify({ rows: Array.from({ length: 1_000 }, () => ROW) });
    const ask = async () => {
      const response = await fetch(`${server.url}/v1/models/types/predict`, { method: "POST", body });
      await response.arrayBuffer();
      statuses.push(response.status);
    };
    const statuses: number[] = [];
    const enough = new AbortController();
    const client = async () => {
      while (!enough.signal.aborted) await ask();
    };
    const work = Array.from({ length: 40 }, client);
    // Each client has a piece of work waiting at any time: health is told beside it, again and again.
    for (let told = 0; told < 10; told++) expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    enough.abort();
    await Promise.all(work);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await server.stop()).toBe(0);
  });
});

describe("what a server needs", () => {
  it("is what a run left: no config that can be read, no hook, no trainer; secrets stay references", async () => {
    const config = { ...shopConfig("returned"), server: { auth: { keys: "${env:SHOP_KEYS}" }, models: ["returned@champion"] } };
    const folder = project({ "millrace.config.json": config, "orders.jsonl": jsonLines(orders()) });
    await millraceOk(folder, "run");
    const file = JSON.parse(readFileSync(join(folder, ".millrace/server.json"), "utf8")) as { readonly server: { readonly auth: object; readonly models: readonly string[] } };
    expect(file.server).toMatchObject({ auth: { keys: "${env:SHOP_KEYS}" }, models: ["returned@champion"] });
    writeFiles(folder, { "millrace.config.json": "this is no config" });
    const server = await serve(folder, { env: { SHOP_KEYS: `boss read,infer ${KEY}` } });
    expect((await fetch(`${server.url}/v1/models`)).status).toBe(401);
    expect(await (await fetch(`${server.url}/v1/models`, { headers: { "x-api-key": KEY } })).json()).toEqual({ models: [{ model: "returned", version: 1, aliases: { champion: 1 }, versions: [1] }] });
    expect(await server.stop()).toBe(0);
  }, 120_000);

  it.skipIf(process.getuid?.() !== 0).each([
    ["its own", (mode: number) => mode | 0o222],
    // As in the image of a container with a read-only root.
    ["nowhere", (mode: number) => mode & ~0o222],
  ])("is no user of the machine, no home and no place to write but %s", async (_, changed) => {
    const folder = await servingProject(project({}), {}, types);
    const own = join(folder, ".millrace");
    for (const path of [...readdirSync(own, { recursive: true, encoding: "utf8" }).map((name) => join(own, name)), own]) {
      if (/-(wal|shm)$/.test(path)) rmSync(path);
      else chmodSync(path, changed(statSync(path).isDirectory() ? 0o755 : 0o644));
    }
    chmodSync(folder, 0o755);
    const server = await serve(folder, { uid: 54_321, env: { HOME: "/nonexistent" } });
    expect((await predict(server, "types", ROW)).status).toBe(200);
    expect(await metric(server, /^millrace_store_up (\d)$/m)).toBe(1);
    expect(await server.stop()).toBe(0);
  });

  it("is no cache that it can write, though it says so", async () => {
    const folder = await servingProject(project({}), {}, types);
    writeFileSync(join(folder, "blocked"), "a file where a folder should be");
    const server = await serve(folder, { args: ["--cache", join(folder, "blocked")] });
    expect((await predict(server, "types", ROW)).status).toBe(200);
    await server.until(/cache cannot be written/);
    expect(await server.stop()).toBe(0);
  });
});

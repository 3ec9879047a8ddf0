import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Json } from "@millrace/core";
import { loadModel } from "../load-model.js";
import { millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { endServers, serve, type ServeProcess } from "../../fixtures/serve-process.js";
import { jsonLines, orders, shopConfig } from "../../fixtures/shop.js";

const project = projectFolders();
endServers();

const INPUTS = ["ordered", "city", "channel", "price", "weight", "items", "minute", "member"] as const;
const rowsOf = (count: number) => orders(count).map((order) => Object.fromEntries(INPUTS.map((name) => [name, order[name]])));

let folder = "";
beforeAll(async () => {
  folder = project({ "millrace.config.json": shopConfig("returned"), "orders.jsonl": jsonLines(orders()) });
  await millraceOk(folder, "run");
}, 120_000);

const post = async ({ url }: ServeProcess, path: string, body: Json): Promise<{ readonly status: number; readonly json: Record<string, Json> }> => {
  const response = await fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, json: (await response.json()) as Record<string, Json> };
};

describe("millrace serve", () => {
  it("answers rows as a program that loads the model does, and ends with 0 when it is told to", async () => {
    const server = await serve(folder);
    const rows = rowsOf(20);
    await using model = await loadModel("returned@champion", { project: folder });
    const expected = await model.predict(rows);
    for (const path of ["", "/versions/1", "/aliases/champion"]) {
      const { status, json } = await post(server, `/v1/models/returned${path}/predict`, { rows });
      expect(status).toBe(200);
      expect(json).toMatchObject({ model: "returned", version: 1, id: expect.any(String), rows: expected });
    }
    expect(await server.stop()).toBe(0);
  });

  it("answers the Open Inference Protocol", async () => {
    const server = await serve(folder);
    const metadata = (await (await fetch(`${server.url}/v2/models/returned`)).json()) as { readonly inputs: readonly { readonly name: string; readonly datatype: string }[] };
    expect(metadata.inputs.map(({ name }) => name).sort()).toEqual([...INPUTS].sort());
    const rows = rowsOf(3);
    const inputs = metadata.inputs.map(({ name, datatype }) => ({ name, datatype, shape: [3, 1], data: rows.map((row) => (name === "ordered" ? Date.parse(String(row[name])) : row[name]!)) }));
    const { status, json } = await post(server, "/v2/models/returned/infer", { id: "7", inputs });
    expect(status).toBe(200);
    expect(json).toMatchObject({ id: "7", model_name: "returned", model_version: "1" });
    const plain = await post(server, "/v1/models/returned/predict", { rows });
    const outputs = json["outputs"] as unknown as readonly { readonly name: string; readonly data: readonly Json[] }[];
    expect(outputs.find(({ name }) => name === "score")!.data).toEqual((plain.json["rows"] as unknown as readonly { readonly score: number }[]).map(({ score }) => score));
  });

  it.skipIf(!existsSync("/proc/self/maps"))("loads the runtime, and neither DuckDB nor what reads configs", async () => {
    const server = await serve(folder);
    const maps = readFileSync(`/proc/${server.child.pid}/maps`, "utf8");
    expect(maps).toContain("onnxruntime");
    expect(maps).not.toMatch(/duckdb|oxc-parser|oxc_parser/);
  });

  it("names what is wrong, and goes on", async () => {
    const server = await serve(folder);
    const [row] = rowsOf(1);
    expect(await post(server, "/v1/models/returned/predict", { rows: [{ ...row, price: "dear" }] })).toMatchObject({ status: 400, json: { code: "SERVE_INPUT", row: 0, column: "price" } });
    expect(await post(server, "/v1/models/absent/predict", { rows: [row!] })).toMatchObject({ status: 404, json: { code: "SERVE_NOT_FOUND" } });
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  });
});

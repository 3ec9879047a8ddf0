import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { escapingModel } from "@millrace/core/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onnxruntime } from "./onnxruntime.js";
import { onnxruntimeWeb } from "./onnxruntime-web.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-"));
  await writeFile(join(folder, "weight"), new Uint8Array(1_024));
  await symlink(join(folder, "weight"), join(folder, "link"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a model file that names another file for its weights", () => {
  it.each(["absolute", "relative", "below", "symlink", "missing", "memory"])("is refused: %s", async (which) => {
    const place = { absolute: join(folder, "weight"), relative: relative(process.cwd(), join(folder, "weight")), below: relative(process.cwd(), fileURLToPath(import.meta.url)), symlink: join(folder, "link"), missing: "../../../../nowhere", memory: "*/_ORT_MEM_ADDR_/*" }[which]!;
    for (const runtime of [onnxruntime(), onnxruntimeWeb()]) for (const how of ["whole", "split"] as const) await expect(runtime.load(escapingModel(place), how)).rejects.toMatchObject({ code: expect.stringMatching(/^(RUNTIME_|GRAPH_)/) });
  });
});

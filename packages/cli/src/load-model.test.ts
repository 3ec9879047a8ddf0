import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadModel } from "./load-model.js";

describe("a program that predicts", () => {
  it("loads neither hooks nor what reads configs", () => {
    const script = `
      import { createRequire } from "node:module";
      const { loadModel } = await import("${new URL("../dist/index.js", import.meta.url).href}");
      const error = await loadModel("none", { project: process.argv[1] }).catch((one) => one.code);
      const loaded = Object.keys(createRequire(import.meta.url).cache).join("\\n");
      console.log(JSON.stringify({ error, found: ["tapable", "jiti", "duckdb", "citty"].filter((name) => loaded.includes("/" + name)) }));`;
    const folder = mkdtempSync(join(tmpdir(), "millrace-load-"));
    try {
      const out = execFileSync(process.execPath, ["--input-type=module", "-e", script, folder], { encoding: "utf8" });
      expect(JSON.parse(out)).toEqual({ error: "MODEL_NOT_FOUND", found: [] });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("is told what there is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "millrace-load-"));
    try {
      await expect(loadModel("delays@@x", { project: folder })).rejects.toMatchObject({ code: "MODEL_REF" });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

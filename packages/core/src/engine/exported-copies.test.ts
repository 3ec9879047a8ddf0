import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { putBytes } from "../record/artifact-bytes.js";
import { createMemoryArtifacts } from "../testkit/memory-artifacts.js";
import { copyStates, layCopies } from "./exported-copies.js";
import { versionFolder } from "./version-folder.js";

async function laid() {
  const home = mkdtempSync(join(tmpdir(), "millrace-copies-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const artifacts = createMemoryArtifacts(new Map());
  const put = (text: string) => putBytes(artifacts, Buffer.from(text));
  const version = { model: "m", version: 1, card: await put("card"), certificate: await put("certificate"), onnx: await put("model") };
  await layCopies(home, artifacts, version);
  const folder = versionFolder(home, "m", 1);
  const states = async (isDeep = false) => Object.fromEntries((await copyStates(home, version, isDeep)).map(({ path, isWhole, isHashed, stamp }) => [path.slice(folder.length + 1), `${stamp === null ? "gone" : isWhole ? "whole" : "altered"}${isHashed ? ", hashed" : ""}`]));
  return { home, artifacts, version, put, states, model: join(folder, "model.onnx"), lay: (other = version) => layCopies(home, artifacts, other) };
}

/** Writes as someone does later: the clock of a file system may be too coarse to tell two writes of one moment apart. */
function overwrite(path: string, text: string): void {
  writeFileSync(path, text);
  const later = new Date(Date.now() + 1_000);
  utimesSync(path, later, later);
}

const WHOLE = { "card.md": "whole", "certificate.json": "whole", "model.onnx": "whole" };

describe("copies of a version's files", () => {
  it("that nothing wrote to are whole, and are read only where all is hashed", async () => {
    const { states, lay, model } = await laid();
    expect(await states()).toEqual(WHOLE);
    expect(await states(true)).toEqual({ "card.md": "whole, hashed", "certificate.json": "whole, hashed", "model.onnx": "whole, hashed" });
    const before = statSync(model);
    await lay();
    expect(statSync(model).ino).toBe(before.ino);
  });

  it.each([
    ["altered in its size", (path: string) => overwrite(path, "mOdel"), "altered, hashed"],
    ["truncated", (path: string) => writeFileSync(path, "mod"), "altered, hashed"],
    ["removed", (path: string) => rmSync(path), "gone"],
    ["touched", (path: string) => utimesSync(path, 1, 1), "whole, hashed"],
  ])("one of which was %s are whole again behind the next run", async (_, damage, state) => {
    const { states, lay, model, home } = await laid();
    damage(model);
    expect(await states()).toEqual({ ...WHOLE, "model.onnx": state });
    await lay();
    expect(readFileSync(model, "utf8")).toBe("model");
    expect(await states()).toEqual(WHOLE);
    expect(readdirSync(join(home, "tmp"))).toEqual([]);
  });

  it("of another version that had this number are replaced", async () => {
    const { version, put, lay, model, states } = await laid();
    await lay({ ...version, onnx: await put("other") });
    expect(readFileSync(model, "utf8")).toBe("other");
    expect(await states()).toEqual({ ...WHOLE, "model.onnx": "altered, hashed" });
  });

  it("are all hashed where what was remembered of them is gone or no JSON", async () => {
    const { states, model, lay } = await laid();
    for (const damage of ["{", "1", null]) {
      if (damage === null) rmSync(join(model, "../.stamps.json"));
      else writeFileSync(join(model, "../.stamps.json"), damage);
      expect(await states()).toMatchObject({ "model.onnx": "whole, hashed" });
    }
    await lay();
    expect(await states()).toEqual(WHOLE);
  });
});

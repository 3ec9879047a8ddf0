import { describe, expect, it } from "vitest";
import type { Digest } from "../contracts/digest.js";
import { field } from "../frame/frame.js";
import { fromRows } from "../frame/rows.js";
import { stampsOf } from "../record/artifact-state.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { createTestEngine, testMemory, testModel, type TestMemory } from "../testkit/test-engine.js";

const FRAME = fromRows([field("x", "float64"), field("y", "float64")], Array.from({ length: 60 }, (_, row) => ({ x: row % 7, y: row % 5 })));
const MODEL = testModel({ columns: { target: "y" } as never, features: [{ use: { kind: "transform", name: "center", with: { scale: 1 } }, from: ["x"], as: null }] });

const engineOn = (memory: TestMemory) => createTestEngine({ frames: [FRAME], plugins: [samplePlugin], models: [MODEL], memory });

async function ranOnce() {
  const memory = testMemory();
  await using engine = await engineOn(memory);
  expect((await engine.run()).error).toBeNull();
  const [train] = await engine.store.find("task", { where: { task: "model/train" } });
  return { memory, model: train!.value.outputs["model"] as Digest, digests: [...memory.bytes.keys()].sort() };
}

/** Each record has the stamps that its artifacts have now, so that nothing is hashed again. */
async function isRemembered(memory: TestMemory): Promise<void> {
  await using engine = await engineOn(memory);
  for (const { value } of await engine.store.find("task", {})) expect(value.stamps).toEqual(await stampsOf(engine.artifacts, Object.values(value.outputs)));
}

/** What a plan says of training, and what is there when the plan has been done. */
async function trainAgain(memory: TestMemory) {
  await using engine = await engineOn(memory);
  const { tasks } = await engine.plan();
  const { verdict, why } = tasks.find(({ id }) => id === "model/train")!;
  const { error } = await engine.run();
  return { verdict, why, error };
}

describe("an artifact of a finished task", () => {
  it.each([
    ["deleted", (bytes: Map<Digest, Uint8Array>, id: Digest) => void bytes.delete(id), 'its artifact "model" is gone'],
    ["truncated", (bytes: Map<Digest, Uint8Array>, id: Digest) => void bytes.set(id, bytes.get(id)!.slice(0, -9)), 'its artifact "model" was altered'],
    ["altered", (bytes: Map<Digest, Uint8Array>, id: Digest) => void bytes.set(id, bytes.get(id)!.map((byte, at) => (at === 40 ? byte ^ 1 : byte))), 'its artifact "model" was altered'],
  ])("that was %s is made again, and never served", async (_, damage, why) => {
    const { memory, model, digests } = await ranOnce();
    const whole = Buffer.from(memory.bytes.get(model)!);
    damage(memory.bytes, model);
    expect(await trainAgain(memory)).toEqual({ verdict: "run", why, error: null });
    expect(whole.equals(memory.bytes.get(model)!)).toBe(true);
    await isRemembered(memory);
    expect([...memory.bytes.keys()].sort()).toEqual(digests);
  });

  it("that has another stamp and the same bytes, as in a copied folder, is reused, and the record gets its stamp", async () => {
    const { memory, model } = await ranOnce();
    await using engine = await engineOn(memory);
    const [train] = await engine.store.find("task", { where: { task: "model/train" } });
    await engine.store.commit([{ entity: "task", id: train!.id, expect: train!.revision, value: { ...train!.value, stamps: { ...train!.value.stamps, [model]: "of another disk" } } }]);
    expect(await trainAgain(memory)).toMatchObject({ verdict: "reuse", error: null });
    expect((await engine.store.get("task", train!.id))!.value.stamps).toEqual(train!.value.stamps);
  });
});

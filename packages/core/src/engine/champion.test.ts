import { z } from "zod";
import { describe, expect, it } from "vitest";
import type { Field } from "../contracts/frame.js";
import type { ResolvedModel } from "../contracts/resolved.js";
import type { Problem, Trainer } from "../contracts/trainer.js";
import { field } from "../frame/frame.js";
import { fromRows, type Row } from "../frame/rows.js";
import { arithmetic } from "../graph/arithmetic.js";
import { fill } from "../graph/columns.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { findVersion } from "../record/model-versions.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { createTestEngine, testMemory, testModel } from "../testkit/test-engine.js";

/** The first feature says how likely "yes" is, and its rest how likely any other positive class is; of more classes, all are as likely. */
const knowing: Trainer<Problem> = {
  sparse: { because: "It takes its first feature as it is." },
  train: async ({ problem }) => problem,
  lower(problem, input, graph) {
    const [x] = [...input.values()];
    const { sub, mul } = arithmetic(graph);
    if (problem.kind === "regression") return new Map([["prediction", mul(x!, 1)]]);
    if (problem.kind === "multiclass") return new Map([["probabilities", graph.stack(problem.classes.map(() => fill(graph, x!, 1 / problem.classes.length)))]]);
    return new Map([["score", problem.positive === "yes" ? mul(x!, 1) : sub(1, x!)]]);
  },
};

const plugin = definePlugin({
  name: "knowing",
  version: "0.1.0",
  url: import.meta.url,
  extensions: [defineExtension("trainer", { name: "knowing", summary: "Knows the answer.", options: z.strictObject({}), create: () => knowing })],
});

const FIELDS = [field("x", "float64"), field("z", "float64"), field("y", "string"), field("n", "float64")];
const rows = (words: readonly string[]): readonly Row[] => Array.from({ length: 120 }, (_, row) => ({ x: row % words.length === 1 ? 0.9 : 0.1, z: row % 5, y: words[row % words.length]!, n: row % 7 }));
const gate = { metric: "mean-error", part: "test", slice: null, atLeast: 0, atMost: null, versus: "champion", bound: "point" } as const;
const feature = (name: string) => ({ use: { kind: "transform", name: "center", with: { scale: 1 } }, from: [name], as: null }) as const;

interface Asked {
  readonly fields?: readonly Field[];
  readonly words?: readonly string[];
  readonly columns?: Partial<ResolvedModel["columns"]>;
  readonly reads?: readonly string[];
}

/** A second run, after one of which "yes" is the positive class of two, and whose champion reads x and z. */
async function second(asked: Asked) {
  const memory = testMemory();
  const run = async ({ fields = FIELDS, words = ["no", "yes"], columns = {}, reads = ["x", "z"] }: Asked) => {
    const model = testModel({
      columns: { target: "y", positive: "yes", ignore: ["n"], ...columns } as ResolvedModel["columns"],
      features: reads.map(feature),
      train: { kind: "trainer", name: "knowing", with: {} },
      evaluate: { metrics: [{ kind: "metric", name: "mean-error", with: {} }], slices: [], baselines: [], confidence: 0.95, gates: [gate] },
      register: { alias: "champion" },
    });
    const kept = fields.map(({ name }) => name);
    const frame = fromRows(fields, rows(words).map((row) => Object.fromEntries(kept.map((name) => [name, row[name]!]))));
    await using engine = await createTestEngine({ frames: [frame], plugins: [samplePlugin, plugin], models: [model], memory });
    const { error, record } = await engine.run();
    return { error, summary: record.tasks.at(-1)!.summary, champion: (await findVersion(engine.store, "model@champion")).version };
  };
  expect(await run({})).toMatchObject({ error: null, champion: 1 });
  return run(asked);
}

const refused = (message: string) => ({ error: { code: "COMPARE_CHAMPION", message: `A gate compares with the champion model@1, which cannot be judged on these rows: ${message}`, mend: expect.stringContaining("models.model.evaluate.gates") as string }, champion: 1 });

describe("a champion that cannot be judged on the rows of a run", () => {
  it("is an error where another class is positive: a mirrored model must not beat it", async () => {
    expect(await second({ columns: { positive: "no" } })).toMatchObject(refused('its positive class is "yes", and columns.positive is "no" now.'));
  });

  it("is an error where the target has other classes", async () => {
    expect(await second({ words: ["no", "yes!"], columns: { positive: "yes!" } })).toMatchObject(refused('it does not know class "yes!", and this data does not have its class "yes".'));
  });

  it("is an error where the problem is another", async () => {
    expect(await second({ columns: { target: "n", positive: null, ignore: ["y"] } })).toMatchObject(refused("its problem is binary, and that of this data is regression."));
    expect(await second({ words: ["no", "yes", "perhaps"], columns: { positive: null } })).toMatchObject(refused("its problem is binary, and that of this data is multiclass."));
  });

  it("is an error where a column that it reads is gone, or of another type", async () => {
    expect(await second({ fields: FIELDS.filter(({ name }) => name !== "z"), reads: ["x"] })).toMatchObject(refused('it reads the column "z", which is not there.'));
    expect(await second({ fields: FIELDS.map((one) => (one.name === "z" ? field("z", "int32") : one)) })).toMatchObject(refused('it reads the column "z" as float64, which is int32 now.'));
  });

  it("is none where the model reads other columns of the same data", async () => {
    expect(await second({ reads: ["z", "x"] })).toMatchObject({ error: null, summary: { version: 2, gates: "failed" }, champion: 1 });
  });
});

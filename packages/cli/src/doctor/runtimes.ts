import { createGraph, field, fromRows, toRows, cast, arithmetic, type ModelBundle, type Runtime } from "@millrace/core";
import { createExtension, type Engine } from "@millrace/core/engine";
import { failed } from "./failed.js";
import { ok, wrong, type Examination, type Finding } from "./finding.js";

/** Doubles a number, so that a runtime has something to do. */
function doubling(): ModelBundle {
  const graph = createGraph("doctor");
  const doubled = arithmetic(graph).mul(graph.input(field("x", "float64")), 2);
  graph.output("y", cast(graph, doubled, "float32"), field("y", "float32"));
  const signature = { name: "doctor", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} };
  return { onnx: graph.finish(signature), signature };
}

async function tried(name: string, runtime: Runtime): Promise<Finding> {
  await using predictor = await runtime.load(doubling());
  const answers = toRows(await predictor.predict(fromRows([field("x", "float64")], [{ x: 1.5 }, { x: null }])));
  const { version, provider, threads } = runtime.facts;
  const text = `${name}: ${runtime.facts.name} ${version}, ${provider}, ${threads} thread${threads === 1 ? "" : "s"}`;
  if (answers[0]?.["y"] === 3 && answers[1]?.["y"] === null) return ok(`${text}.`);
  return wrong(`${text} says ${JSON.stringify(answers)} where it should double 1.5 and leave nothing nothing.`, "Install the runtime's package again.");
}

/** Each runtime that the plugins bring loads a model and predicts, with its default options; the config's with its own. */
async function each({ registry, config, context }: Engine): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const name of registry.names("runtime")) {
    const options = name === config.runtime.name ? config.runtime.with : (await registry.get("runtime", name).extension.options["~standard"].validate({})).issues === undefined ? {} : null;
    if (options === null) continue;
    try {
      findings.push(await tried(name, await createExtension(registry, { kind: "runtime", name, with: options }, context)));
    } catch (error) {
      findings.push({ ...failed(error), level: name === config.runtime.name ? "wrong" : "warning" });
    }
  }
  return findings;
}

export const runtimes: Examination = {
  name: "runtimes",
  examine: async ({ engine }) => (engine === null ? [] : each(engine)),
};

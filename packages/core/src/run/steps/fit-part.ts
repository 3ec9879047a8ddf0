import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Digest } from "../../contracts/digest.js";
import type { Field } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Signature } from "../../contracts/model.js";
import type { Coordinator, Step } from "../../contracts/step.js";
import type { Task } from "../../contracts/task.js";
import { decode, encodeExact } from "../../fold/encode.js";
import { digestOfJson } from "../../fold/digest.js";
import { putBytes, putJson, readBytes, readJson } from "../../record/artifact-bytes.js";
import { passHere, type Pass } from "../features/fit-features.js";
import type { PartPartials } from "../features/fold-set.js";
import type { Level } from "../features/level.js";
import { prepareFit } from "../features/prepare-fit.js";

/** Tasks of a pass, per slot of the executor: enough that slots end together, few enough that what each opens is opened seldom. */
const TASKS_PER_SLOT = 4;

interface PartOptions {
  readonly of: "features" | "target";
  readonly level: number;
  /** Parts of the data. */
  readonly parts: readonly number[];
}

/** What earlier levels left, as an artifact; the graphs are inputs `graph.0`, `graph.1`, ... */
interface LevelArtifact {
  readonly signatures: readonly Signature[];
  readonly fields: readonly (readonly [slot: string, field: Field])[];
}

/** A piece of `fit`: the partials of some parts of the data, each as an artifact. No plan holds it: `fit` schedules it. */
export const fitPartStep: Step = {
  place: "executor",
  plan: (_, tasks) => tasks,
  async run(task, context) {
    const { of, level: number, parts } = (task.options as unknown as { readonly part: PartOptions }).part;
    const passes = (await prepareFit(task, context))[of]!;
    const level = await readLevel(number, task, context.artifacts);
    const outputs: Record<string, Digest> = {};
    for await (const { part, partials } of passHere((message) => context.progress(null, message), parts)(passes, level)) outputs[String(part)] = await putBytes(context.artifacts, encodeExact(partials));
    return { outputs, ledger: null, summary: null };
  },
};

/** A pass whose parts are folded where the executor runs tasks. The partials come back to the bit, so the result is that of a pass here. */
export function passInParts(task: Task, of: PartOptions["of"], artifacts: ArtifactStore, coordinator: Coordinator): Pass {
  return async function* (passes, level) {
    const inputs = { ...task.inputs, ...(await putLevel(level, artifacts)) };
    const all = [...passes.view.frames.manifest.parts.keys()];
    const size = Math.ceil(all.length / (coordinator.slots * TASKS_PER_SLOT));
    const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, piece) => all.slice(piece * size, (piece + 1) * size));
    const tasks = pieces.map((parts, piece): Task => {
      const part: PartOptions = { of, level: level.number, parts };
      return { ...task, id: `${task.id} ${of} ${level.number}.${piece}`, step: "fit-part", key: digestOfJson([task.key, part as unknown as Json]), inputs, options: { ...(task.options as object), part: part as unknown as Json } };
    });
    const digests = Object.assign({}, ...(await coordinator.schedule(tasks)).map(({ outputs }) => outputs)) as Readonly<Record<string, Digest>>;
    for (const part of all) {
      const digest = digests[String(part)];
      if (digest !== undefined) yield { part, partials: decode<PartPartials>(await readBytes(artifacts, digest)) };
    }
  };
}

async function putLevel({ graphs, fields }: Level, artifacts: ArtifactStore): Promise<Readonly<Record<string, Digest>>> {
  const level: LevelArtifact = { signatures: graphs.map(({ signature }) => signature), fields: [...fields] };
  const digests = await Promise.all(graphs.map(({ onnx }) => putBytes(artifacts, onnx)));
  return { level: await putJson(artifacts, level as unknown as Json), ...Object.fromEntries(digests.map((digest, index) => [`graph.${index}`, digest])) };
}

async function readLevel(number: number, task: Task, artifacts: ArtifactStore): Promise<Level> {
  const { signatures, fields } = await readJson<LevelArtifact>(artifacts, task.inputs["level"]!);
  const graphs = await Promise.all(signatures.map(async (signature, index) => ({ onnx: await readBytes(artifacts, task.inputs[`graph.${index}`]!), signature })));
  return { number, graphs, fields: new Map(fields) };
}

import type { Digest } from "../../contracts/digest.js";
import type { AliasChange } from "../../contracts/entities.js";
import type { Json } from "../../contracts/json.js";
import type { ModelVersion } from "../../contracts/model.js";
import type { Remark } from "../../contracts/remark.js";
import type { Gate } from "../../contracts/resolved.js";
import type { Step, StepContext } from "../../contracts/step.js";
import type { Task } from "../../contracts/task.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { readModel, signatureOf } from "../../graph/read.js";
import { notify } from "../../hooks/call.js";
import { moveAlias } from "../../record/aliases.js";
import { putBytes, putJson, readBytes, readJson } from "../../record/artifact-bytes.js";
import { registerOnce } from "../../record/model-versions.js";
import { modelCard } from "../card/model-card.js";
import type { Certificate } from "../certify/certificate.js";
import type { FramesManifest } from "../data/frames.js";
import type { SplitManifest } from "../data/sides.js";
import type { Comparison } from "../evaluate/comparison.js";
import type { CrossValidation } from "../evaluate/cross-validation.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import type { FeaturesManifest } from "../features/manifest.js";
import { judgeGates, type GateOutcome } from "../register/gates.js";
import type { Lineage } from "../register/lineage.js";

export interface RegisterOptions {
  readonly model: string;
  readonly source: string;
  readonly sample: number | null;
  readonly alias: string | null;
  readonly gates: readonly Gate[];
  readonly confidence: number;
  readonly pii: readonly string[];
  readonly definition: Json;
}

/** What `registerStep` does. */
export const runRegister: Step["run"] = async (task, context) => {
  const { coordinator } = context;
  if (coordinator === null) throw new MillraceError({ code: "STEP_PLACE", message: "The step `register` runs in the coordinator only.", mend: "Run it with `millrace run`." });
  const options = task.options as unknown as RegisterOptions;
  const evaluation = await readJson<Evaluation>(context.artifacts, task.inputs["evaluation"]!);
  const optional = <T>(input: string) => (task.inputs[input] === undefined ? null : readJson<T>(context.artifacts, task.inputs[input]));
  const crossValidation = await optional<CrossValidation>("crossValidation");
  const gates = judgeGates(options.gates, { evaluation, crossValidation, comparison: await optional<Comparison>("comparison") }, options.confidence);
  const remarks = await readJson<readonly Remark[]>(context.artifacts, task.inputs["remarks"]!);
  const artifacts = await describe(task, options, evaluation, crossValidation, gates, remarks, context);
  const passed = gates.every((gate) => gate.passed);
  const version = await registerOnce(coordinator.store, { model: options.model, ...artifacts, run: coordinator.run, sample: options.sample, gates: passed ? "passed" : "failed", createdAt: coordinator.startedAt });
  await notify(coordinator.hooks.modelRegistered, () => [version]);
  const change = await promote(version, options, coordinator);
  if (change !== null) await notify(coordinator.hooks.aliasMoved, () => [change]);
  return {
    outputs: { ...artifacts, gates: await putJson(context.artifacts, gates as unknown as Json) },
    ledger: null,
    summary: { model: options.model, version: version.version, gates: version.gates, alias: promotes(version, options) ? options.alias : null, failed: gates.filter((gate) => !gate.passed).map(({ message }) => message), ...doubtsIn(remarks) },
  };
};

/** Why the version's probabilities are not to be taken at their word, now that all that may learn them anew has had its turn. */
function doubtsIn(remarks: readonly Remark[]): { readonly remarks?: readonly string[] } {
  const doubts = remarks.filter(({ about }) => about === "probabilities").map(({ sentence }) => sentence);
  return doubts.length === 0 ? {} : { remarks: doubts };
}

type VersionArtifacts = Pick<ModelVersion, "onnx" | "signature" | "metrics" | "card" | "certificate" | "golden" | "lineage">;

async function describe(task: Task, options: RegisterOptions, evaluation: Evaluation, crossValidation: CrossValidation | null, gates: readonly GateOutcome[], remarks: readonly Remark[], { artifacts }: StepContext): Promise<VersionArtifacts> {
  const { inputs } = task;
  const certificate = await readJson<Certificate>(artifacts, inputs["certificate"]!);
  const onnx = await readBytes(artifacts, inputs["model"]!);
  const signature = signatureOf(onnx)!;
  const partitions = Object.fromEntries(Object.entries(inputs).flatMap(([name, digest]) => (name.startsWith("partition.") ? [[name.slice("partition.".length), digest] as [string, Digest]] : [])));
  const made = Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("partition.")));
  const lineage: Lineage = { model: options.model, source: { use: options.source, partitions }, sample: options.sample, definition: options.definition, artifacts: made };
  const card = modelCard({
    name: options.model, signature, opsets: readModel(onnx).opsets, evaluation, crossValidation, gates, certificate, lineage, confidence: options.confidence, pii: options.pii,
    frames: await readJson<FramesManifest>(artifacts, inputs["frames"]!),
    split: await readJson<SplitManifest>(artifacts, inputs["split"]!),
    features: await readJson<FeaturesManifest>(artifacts, inputs["features"]!),
    remarks,
    findings: await readJson<readonly { readonly severity: string; readonly message: string }[]>(artifacts, inputs["findings"]!),
  });
  return {
    onnx: inputs["model"]!, metrics: inputs["evaluation"]!, certificate: inputs["certificate"]!, golden: inputs["golden"]!,
    signature: await putJson(artifacts, signature as unknown as Json),
    card: await putBytes(artifacts, new TextEncoder().encode(card)),
    lineage: await putJson(artifacts, lineage as unknown as Json),
  };
}

function promotes(version: ModelVersion, { alias, sample }: RegisterOptions): boolean {
  return alias !== null && version.gates === "passed" && sample === null;
}

async function promote(version: ModelVersion, options: RegisterOptions, { store, run, startedAt }: NonNullable<StepContext["coordinator"]>): Promise<AliasChange | null> {
  if (!promotes(version, options)) return null;
  return moveAlias(store, { model: options.model, alias: options.alias!, to: version.version, reason: `run ${run}`, at: startedAt });
}

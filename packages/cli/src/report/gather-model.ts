import type { Finding, ModelVersion, Remark, Signature, SplitManifest, TaskOutcome } from "@millrace/core";
import { modelVersionId, type Certificate, type Comparison, type CrossValidation, type DataProfile, type Engine, type Evaluation, type GateOutcome, type Lineage } from "@millrace/core/engine";
import { outputOf, readOrNull } from "../task-output.js";
import type { ModelReport } from "./report.js";

/** One model of a run, from the outputs of its tasks. */
export async function gatherModel(engine: Engine, name: string, tasks: readonly TaskOutcome[]): Promise<ModelReport> {
  const read = async <T>(task: string, output: string): Promise<T | null> => {
    const digest = await outputOf(engine, tasks.find((one) => one.task === `${name}/${task}`), output);
    return digest === null ? null : readOrNull<T>(engine, digest);
  };
  const version = await registered(engine, tasks);
  const signature = version === null ? null : await readOrNull<Signature>(engine, version.signature);
  const split = await read<SplitManifest>("split", "split");
  return {
    name,
    version,
    aliases: version === null ? [] : (await engine.store.find("alias", { where: { model: name, version: version.version } })).map(({ value }) => value.alias),
    tasks,
    profile: await read<DataProfile>("profile", "profile"),
    split: split === null ? null : { rule: split.rule, rows: split.rows, facts: split.facts, classRows: split.classRows },
    problem: split?.problem ?? null,
    findings: await read<readonly Finding[]>("check", "findings"),
    signature: signature === null ? null : { inputs: signature.inputs, outputs: signature.outputs },
    remarks: (await read<readonly Remark[]>("after", "remarks")) ?? (await read<readonly Remark[]>("train", "remarks")),
    evaluation: await read<Evaluation>("evaluate", "evaluation"),
    crossValidation: await read<CrossValidation>("cross-validate", "crossValidation"),
    comparison: await read<Comparison>("compare", "comparison"),
    gates: await read<readonly GateOutcome[]>("register", "gates"),
    certificate: await read<Certificate>("certify", "certificate"),
    lineage: await read<Lineage>("register", "lineage"),
  };
}

async function registered({ store }: Engine, tasks: readonly TaskOutcome[]): Promise<ModelVersion | null> {
  const outcome = tasks.find(({ step, status }) => step === "register" && (status === "succeeded" || status === "reused"));
  if (outcome === undefined) return null;
  const { model, version } = outcome.summary as unknown as { readonly model: string; readonly version: number };
  return (await store.get("model", modelVersionId(model, version)))?.value ?? null;
}

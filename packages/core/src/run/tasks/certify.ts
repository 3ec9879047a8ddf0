import type { Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Use } from "../../contracts/resolved.js";
import type { ModelBundle, Runtime } from "../../contracts/runtime.js";
import type { Step } from "../../contracts/step.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { toArrow } from "../../frame/arrow.js";
import { goldenRows, randomRows } from "../../frame/random-rows.js";
import { seeded } from "../../frame/random.js";
import { withColumns } from "../../frame/take.js";
import { signatureOf } from "../../graph/read.js";
import { referenceRuntime } from "../../graph/reference/runtime.js";
import { putBytes, putJson, readBytes } from "../../record/artifact-bytes.js";
import { BATCH_SIZES, RANDOM_ROWS, refusal, type Certificate, type Witness } from "../certify/certificate.js";
import { witness, type Expected } from "../certify/witness.js";
import { usesOf } from "../data/uses.js";

/** How much is shown; left out, all of it. A test of a pipeline asks for less. */
interface CertifyOptions {
  readonly batchSizes?: readonly number[];
  readonly randomRows?: number;
}

/** What `certifyStep` does. */
export const runCertify: Step["run"] = async (task, context) => {
  const { batchSizes = BATCH_SIZES, randomRows: count = RANDOM_ROWS } = task.options as CertifyOptions;
  const onnx = await readBytes(context.artifacts, task.inputs["model"]!);
  const model: ModelBundle = { onnx, signature: signatureOf(onnx)! };
  const { inputs, seen, name } = model.signature;
  const runtime = await context.create("runtime", task.uses["runtime"] as Use<"runtime">);
  const others = await Promise.all(usesOf<"runtime">(task, "witnesses").map((use) => context.create("runtime", use)));
  const golden = await expected(runtime, model, goldenRows(inputs, seen));
  const random = await expected(runtime, model, randomRows(inputs, seen, count, seeded("certificate")));
  const ways: readonly (readonly [Runtime, Witness["how"], Witness["allowedUlp"]])[] = [[runtime, "whole", 0], [runtime, "split", 0], ...others.map((other) => [other, "whole", 0] as const), [referenceRuntime, "whole", 1]];
  const witnesses: Witness[] = [];
  for (const [one, how, allowedUlp] of ways) witnesses.push(await witness(one, model, how, allowedUlp, { golden, random, batchSizes }, () => context.progress(witnesses.length / ways.length, `${one.facts.name}, ${how} graph`)));
  const refusals = witnesses.map(refusal).filter((reason) => reason !== null);
  if (refusals.length > 0)
    throw new MillraceError({
      code: "CERTIFY_FAILED",
      message: `The model is not certified:\n${refusals.map((reason) => `  ${reason}`).join("\n")}`,
      mend: "Report the model's features and trainer: a lowering computes outside float64, or an operator is not exact.",
      facts: { witnesses },
    });
  const certificate: Certificate = { model: name, goldenRows: golden.rows.length, randomRows: count, batchSizes, expected: runtime.facts, witnesses };
  return {
    outputs: { certificate: await putJson(context.artifacts, certificate as unknown as Json), golden: await putBytes(context.artifacts, toArrow(goldenFrame(golden))) },
    ledger: null,
    summary: { goldenRows: golden.rows.length, randomRows: count, runtimes: witnesses.map(({ runtime: { name: who }, how, random: { different } }) => `${who} ${how}: ${different} random rows differ`) },
  };
};

async function expected(runtime: Runtime, model: ModelBundle, rows: Frame): Promise<Expected> {
  await using predictor = await runtime.load(model, "whole");
  return { rows, outputs: await predictor.predict(rows) };
}

/** Inputs beside `$<output>`, so that a server can replay them. */
function goldenFrame({ rows, outputs }: Expected): Frame {
  return withColumns(rows, outputs.fields.map((field) => ({ ...field, name: `$${field.name}` })), outputs.fields.map(({ name }) => outputs.column(name)));
}

import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Digest } from "../../contracts/digest.js";
import type { Frame } from "../../contracts/frame.js";
import type { Predictor, Runtime } from "../../contracts/runtime.js";
import { field } from "../../frame/frame.js";
import { toFloat64 } from "../../frame/missing.js";
import { withColumn } from "../../frame/take.js";
import { signatureOf } from "../../graph/read.js";
import { readBytes } from "../../record/artifact-bytes.js";

/** A model as metrics see it: where it decides, its predictions have the decision as `$decision` too (see Metric), whatever the output is called. */
export async function loadJudged(artifacts: ArtifactStore, digest: Digest, runtime: Runtime): Promise<Predictor> {
  const onnx = await readBytes(artifacts, digest);
  const signature = signatureOf(onnx);
  const predictor = await runtime.load({ onnx, signature });
  const { decision } = signature;
  if (decision === undefined) return predictor;
  return {
    input: predictor.input,
    output: predictor.output,
    predict: async (batch, allocate) => withDecision(await predictor.predict(batch, allocate), decision),
    [Symbol.asyncDispose]: () => predictor[Symbol.asyncDispose](),
  };
}

function withDecision(predicted: Frame, decision: string): Frame {
  return withColumn(predicted, field("$decision", "float64"), { dtype: "float64", values: toFloat64(predicted.column(decision)) });
}

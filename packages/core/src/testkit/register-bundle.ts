import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Frame } from "../contracts/frame.js";
import type { Json } from "../contracts/json.js";
import type { ModelVersion } from "../contracts/model.js";
import type { ModelBundle, Runtime } from "../contracts/runtime.js";
import type { Store } from "../contracts/store.js";
import { toArrow } from "../frame/arrow.js";
import { goldenRows } from "../frame/random-rows.js";
import { withColumns } from "../frame/take.js";
import { moveAlias } from "../record/aliases.js";
import { putBytes, putJson } from "../record/artifact-bytes.js";
import { registerVersion } from "../record/model-versions.js";
import type { Certificate, Witness } from "../run/certify/certificate.js";

export interface RegisterBundleParts {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  /** Answers the golden rows. */
  readonly runtime: Runtime;
}

export interface RegisterBundleOptions {
  readonly model: string;
  /** Default: made from the schema. */
  readonly golden?: Frame;
  /** Columns of personal data. */
  readonly pii?: readonly string[];
  /** Moves this alias to the version. Default: `champion`; null: none. */
  readonly alias?: string | null;
}

/** Makes a version of a model file as a run would, with golden rows and a certificate of this runtime; nothing is trained. */
export async function registerBundle({ store, artifacts, runtime }: RegisterBundleParts, { onnx, signature }: ModelBundle, { model, golden: given, pii = [], alias = "champion" }: RegisterBundleOptions): Promise<ModelVersion> {
  const rows = given ?? goldenRows(signature.inputs, signature.seen);
  await using predictor = await runtime.load({ onnx, signature }, "whole");
  const outputs = await predictor.predict(rows);
  const golden = withColumns(rows, outputs.fields.map((field) => ({ ...field, name: `$${field.name}` })), outputs.fields.map(({ name }) => outputs.column(name)));
  const equal = { rows: rows.length, different: 0, maximumUlp: 0, labels: 0 };
  const witness: Witness = { runtime: runtime.facts, how: "whole", allowedUlp: 0, golden: equal, random: { ...equal, rows: 0 } };
  const certificate: Certificate = { model: signature.name, goldenRows: rows.length, randomRows: 0, batchSizes: [1], expected: runtime.facts, witnesses: [witness] };
  const empty = await putJson(artifacts, {});
  const version = await registerVersion(store, {
    model,
    onnx: await putBytes(artifacts, onnx),
    signature: await putJson(artifacts, signature as unknown as Json),
    certificate: await putJson(artifacts, certificate as unknown as Json),
    golden: await putBytes(artifacts, toArrow(golden)),
    lineage: await putJson(artifacts, { model, definition: { columns: { pii } } }),
    metrics: empty,
    card: empty,
    run: "test",
    sample: null,
    gates: "passed",
    createdAt: "2024-01-01T00:00:00.000Z",
  });
  if (alias !== null) await moveAlias(store, { model, alias, to: version.version, reason: "test", at: version.createdAt });
  return version;
}

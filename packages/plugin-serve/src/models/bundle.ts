import { digestOfJson, fromArrow, isDigest, MillraceError, readBytes, readJson, signatureOf, type ArtifactStore, type Frame, type Json, type ModelBundle, type ModelVersion, type Signature } from "@millrace/core";
import { certificateRefusal, type Certificate } from "@millrace/core/model";

/** All that serving a version needs, checked: bytes against digests, the certificate against the version. */
export interface VerifiedBundle extends ModelBundle {
  readonly version: ModelVersion;
  readonly certificate: Certificate;
  /** Inputs beside `$<output>`. */
  readonly golden: Frame;
  /** Columns whose values are shown to nobody. */
  readonly pii: ReadonlySet<string>;
}

/** Throws ARTIFACT_MISSING, ARTIFACT_DAMAGED, SERVE_UNCERTIFIED. */
export async function readBundle(artifacts: ArtifactStore, version: ModelVersion): Promise<VerifiedBundle> {
  for (const id of [version.onnx, version.signature, version.certificate, version.golden, version.lineage]) if (!isDigest(id)) throw uncertified(version, "its record names no digests");
  const onnx = await readBytes(artifacts, version.onnx);
  const signature = await readJson<Signature>(artifacts, version.signature);
  if (!isOwn(onnx, version)) throw uncertified(version, "its file carries the signature of another");
  const certificate = await readJson<Certificate>(artifacts, version.certificate);
  const refusals = certificate.witnesses.map(certificateRefusal).filter((reason) => reason !== null);
  if (certificate.model !== signature.name || certificate.witnesses.length === 0) throw uncertified(version, `its certificate is one of another model`);
  if (refusals.length > 0) throw uncertified(version, refusals.join("; "));
  const golden = fromArrow(await readBytes(artifacts, version.golden));
  if (golden.length === 0 || golden.length !== certificate.goldenRows) throw uncertified(version, `it has ${golden.length} golden rows, and its certificate ${certificate.goldenRows}`);
  const lineage = await readJson<{ readonly definition?: { readonly columns?: { readonly pii?: readonly string[] } } }>(artifacts, version.lineage);
  return { onnx, signature, version, certificate, golden, pii: new Set(lineage.definition?.columns?.pii ?? []) };
}

/** Whether a file carries the signature of its version. A graph that Millrace cannot read (it runs in a process of its own) is taken by its digest alone. */
function isOwn(onnx: Uint8Array, version: ModelVersion): boolean {
  try {
    return digestOfJson(signatureOf(onnx) as unknown as Json) === version.signature;
  } catch (error) {
    if (MillraceError.is(error, "GRAPH_UNSUPPORTED")) return true;
    throw error;
  }
}

function uncertified({ model, version }: ModelVersion, why: string): MillraceError {
  return new MillraceError({ code: "SERVE_UNCERTIFIED", message: `${model}@${version} is not certified: ${why}.`, mend: "Train and register it again: millrace run.", facts: { model, version } });
}

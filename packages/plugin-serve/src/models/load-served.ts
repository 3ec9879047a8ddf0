import type { ArtifactStore, ModelVersion, Runtime } from "@millrace/core";
import type { ServerConfig } from "@millrace/core/model";
import { localLane, type LaneEvents } from "../engine/local-lane.js";
import { inputReader } from "../inputs/input-reader.js";
import { rowWriter } from "../protocol/rows/row-writer.js";
import { readBundle } from "./bundle.js";
import { replayGolden } from "./replay-golden.js";
import type { Served } from "./served.js";

export interface LoadParts {
  readonly artifacts: ArtifactStore;
  readonly runtime: Runtime;
  readonly config: ServerConfig;
  eventsOf(version: ModelVersion): LaneEvents;
}

/** A version, loaded and shown to answer as it was certified. */
export async function loadServed(version: ModelVersion, { artifacts, runtime, config, eventsOf }: LoadParts): Promise<Served> {
  const bundle = await readBundle(artifacts, version);
  const { signature, pii } = bundle;
  const predictor = await runtime.load(bundle);
  const cost = await replayGolden(predictor, bundle);
  const options = { policies: config.inputs, unknown: config.unknown, textNumbers: config.numbers === "text", masked: pii };
  return {
    model: version.model,
    number: version.version,
    version,
    signature,
    pii,
    inputs: signature.inputs,
    outputs: signature.outputs,
    lane: localLane(predictor, signature.inputs, eventsOf(version)),
    cost,
    reader: inputReader(signature, options),
    writeRows: rowWriter(signature.outputs, null, config.numbers),
    answerHead: `{"model":${JSON.stringify(version.model)},"version":${version.version},"id":`,
  };
}

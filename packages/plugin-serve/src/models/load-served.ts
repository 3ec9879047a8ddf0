import { MillraceError, type ArtifactStore, type Log, type ModelVersion, type Predictor, type Runtime } from "@millrace/core";
import type { ServerConfig } from "@millrace/core/model";
import type { RuntimeReference } from "../engine/isolated/runtime-reference.js";
import { startWorker, type ModelWorker } from "../engine/isolated/start-worker.js";
import { workerLane } from "../engine/isolated/worker-lane.js";
import type { Lane } from "../engine/lane.js";
import type { LaneEvents } from "../engine/lane-events.js";
import { createBreaker } from "../engine/breaker.js";
import { batchRows } from "../engine/batch-size.js";
import { localLane } from "../engine/local-lane.js";
import { inputReader } from "../inputs/input-reader.js";
import { createModelMeter, type ModelMeter } from "../observe/model-meter.js";
import { rowWriter } from "../protocol/rows/row-writer.js";
import { readBundle, type VerifiedBundle } from "./bundle.js";
import { inUse } from "./in-use.js";
import { mustIsolate, tooSlow } from "./placement.js";
import { replayGolden, type MeasuredCost } from "./replay-golden.js";
import type { Served } from "./served.js";

/** Longest time for a process to start and load its model, and then to answer the golden rows. */
const LOAD_MS = 60_000;

export interface LoadParts {
  readonly artifacts: ArtifactStore;
  readonly runtime: Runtime;
  /** How other processes make the same runtime. */
  readonly reference: RuntimeReference;
  readonly config: ServerConfig;
  readonly log: Log;
  /** Ends what takes its time: the server stops. */
  readonly signal: AbortSignal;
  /** Does something when the rows of this turn of the event loop are there. */
  soon(act: () => void): void;
}

interface Placed {
  readonly lane: Lane;
  readonly cost: MeasuredCost;
}

/** A version, loaded and shown to answer as it was certified. Throws what `readBundle` throws, RUNTIME_LOAD, SERVE_LOAD, SERVE_GOLDEN. */
export async function loadServed(version: ModelVersion, parts: LoadParts): Promise<Served> {
  const { artifacts, config, log } = parts;
  const bundle = await readBundle(artifacts, version);
  const { signature, pii } = bundle;
  const ref = `${version.model}@${version.version}`;
  const facts = { model: version.model, version: version.version };
  const meter = createModelMeter();
  const events = loggedEvents(meter, log, ref, facts);
  const { lane, cost } = await place(bundle, parts, events, (why) => log.info(facts, `${ref} runs in a process of its own: ${why}`));
  const options = { policies: config.inputs, unknown: config.unknown, textNumbers: config.numbers === "text", masked: pii };
  return {
    model: version.model,
    number: version.version,
    version,
    signature,
    pii,
    inputs: signature.inputs,
    outputs: signature.outputs,
    lane,
    uses: inUse(),
    breaker: createBreaker(() => performance.now()),
    meter,
    cost,
    reader: inputReader(signature, options),
    writeRows: rowWriter(signature.outputs, null, config.numbers),
    answerHead: `{"model":${JSON.stringify(version.model)},"version":${version.version},"id":`,
  };
}

function loggedEvents(meter: ModelMeter, log: Log, ref: string, facts: object): LaneEvents {
  return {
    ...meter,
    started(pid) {
      meter.started(pid);
      log.info({ ...facts, pid }, `a process of ${ref} answers`);
    },
    lost() {
      meter.lost();
      log.warn(facts, `a process of ${ref} was lost`);
    },
    ejected() {
      meter.ejected();
      log.error(facts, `${ref} is given up for a while: its processes end again and again`);
    },
  };
}

/** In this process where that is safe and quick, else in others. */
async function place(bundle: VerifiedBundle, parts: LoadParts, events: LaneEvents, isolated: (why: string) => void): Promise<Placed> {
  const reason = mustIsolate(bundle.onnx, parts.config);
  if (reason !== null) {
    isolated(reason);
    return isolate(bundle, parts, events);
  }
  const predictor = await parts.runtime.load(bundle);
  try {
    const cost = await replayGolden(predictor, bundle);
    const slow = tooSlow(cost, parts.config);
    if (slow === null) return { lane: localLane({ predictor, inputs: bundle.signature.inputs, events, mostRows: batchRows(cost.rows64), soon: parts.soon }), cost };
    isolated(slow);
  } catch (error) {
    await predictor[Symbol.asyncDispose]();
    throw error;
  }
  await predictor[Symbol.asyncDispose]();
  return isolate(bundle, parts, events);
}

async function isolate(bundle: VerifiedBundle, { config, reference, signal, soon }: LoadParts, events: LaneEvents): Promise<Placed> {
  const start = async (): Promise<{ readonly worker: ModelWorker; readonly cost: MeasuredCost }> => {
    const worker = await startWorker(bundle, reference, LOAD_MS, signal);
    return { worker, cost: await warmUp(worker, bundle, signal) };
  };
  const started = await Promise.all(Array.from({ length: config.engine.workers }, start));
  const lane = workerLane({ inputs: bundle.signature.inputs, workers: started.map(({ worker }) => worker), start: async () => (await start()).worker, events, soon });
  return { lane, cost: started[0]!.cost };
}

/** Throws SERVE_GOLDEN, and SERVE_LOAD where the golden rows do not come to an end. */
async function warmUp(worker: ModelWorker, bundle: VerifiedBundle, signal: AbortSignal): Promise<MeasuredCost> {
  const { inputs, outputs, name } = bundle.signature;
  const predictor: Predictor = { input: inputs, output: outputs, predict: worker.run, async [Symbol.asyncDispose]() {} };
  const timer = setTimeout(worker.kill, LOAD_MS);
  signal.addEventListener("abort", worker.kill);
  try {
    return await replayGolden(predictor, bundle);
  } catch (cause) {
    worker.kill();
    if (MillraceError.is(cause, "SERVE_GOLDEN")) throw cause;
    throw new MillraceError({ code: "SERVE_LOAD", message: `The model "${name}" does not answer its golden rows within ${LOAD_MS / 1_000} s, or fails on them.`, mend: "Look into the server's log for the cause.", cause });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", worker.kill);
  }
}

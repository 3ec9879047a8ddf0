import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { MillraceError, readJson, scratchName, type Signature } from "@millrace/core";
import { findVersion } from "@millrace/core/model";
import { capacityText, type CapacityReport } from "../capacity/capacity-text.js";
import { machineNow } from "../capacity/machine.js";
import { processMemory } from "../capacity/process-memory.js";
import { defineSpec, type Call } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { interruption } from "../interruption.js";
import { openServing, SILENT } from "../open-serving.js";
import { wholeNumber } from "../parse-call.js";
import { jsonLine } from "../print/json.js";
import { startServeProcess } from "../serve-process.js";

const ARGS = {
  model: { type: "positional", required: true, description: "A version: delays, delays@3, delays@champion.", valueHint: "model" },
  rate: { type: "string", description: "Requests a second to be borne: says how many processes that takes.", valueHint: "count" },
  p99: { type: "string", description: "The longest time that 99 of 100 of them may take, such as 20ms. Default: any.", valueHint: "time" },
  rows: { type: "string", description: "Rows of a request. Default: 1.", valueHint: "count" },
  seconds: { type: "string", description: "Time for measuring, all numbers of connections together. Default: 15.", valueHint: "count" },
} as const;

interface Asked {
  readonly rate: number | null;
  /** Milliseconds. */
  readonly p99: number | null;
  readonly rows: number;
  readonly seconds: number;
}

/** Throws USAGE_ARGUMENT. */
function askedFor({ args }: Call<typeof ARGS>): Asked {
  return {
    rate: args.rate === undefined ? null : wholeNumber("rate", args.rate),
    p99: args.p99 === undefined ? null : milliseconds(args.p99),
    rows: wholeNumber("rows", args.rows ?? "1"),
    seconds: wholeNumber("seconds", args.seconds ?? "15"),
  };
}

function milliseconds(text: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text);
  if (found !== null && Number(found[1]) > 0) return Number(found[1]) * (found[2] === "s" ? 1_000 : 1);
  throw new MillraceError({ code: "USAGE_ARGUMENT", message: `--p99 must be a time in ms or s, found "${text}".`, mend: "Write --p99 20ms." });
}

/** Starts a server for the version, asks it, and ends it. */
async function measure({ args, folder }: Call<typeof ARGS>, { rate, p99, rows, seconds }: Asked, signal: AbortSignal): Promise<CapacityReport> {
  const { bestWithin, BUSY, kneeOf, measureCapacity, processesFor } = await import("@millrace/plugin-serve");
  const machine = machineNow();
  const { file, artifacts, openStore } = await openServing(folder, SILENT);
  await using store = await openStore();
  const { model, version, signature: id } = await findVersion(store, args.model);
  const signature = await readJson<Signature>(artifacts, id);
  const key = randomBytes(24).toString("hex");
  // Its own, so that a server of the project keeps what it serves.
  const cache = join(file.home, "tmp", scratchName("capacity"));
  await using _removed = { [Symbol.asyncDispose]: () => rm(cache, { recursive: true, force: true }) };
  await using server = await startServeProcess(folder, `${model}@${version}`, { MILLRACE_API_KEYS: `capacity read,infer ${key}`, MILLRACE_CACHE: cache }, signal);
  const { levels, memoryBytes } = await measureCapacity({ url: server.url, model, key, signature, rows, milliseconds: seconds * 1_000, signal });
  const knee = kneeOf(levels);
  const perSecond = (p99 === null ? knee : bestWithin(levels, p99))?.perSecond ?? null;
  const need = rate === null ? null : { rate, p99, processes: perSecond === null ? null : processesFor(rate, perSecond) };
  return { model, version, rows, levels, knee: knee?.connections ?? null, perSecond, memoryBytes: (await processMemory(server.pid)) ?? memoryBytes, busy: BUSY, need, machine };
}

export default defineSpec({
  summary: "Measures what this machine can do with a model: a server in a process of its own, and requests from this one, from more and more connections, with rows made from the schema.",
  examples: [
    ["millrace capacity delays@champion", "requests a second, latencies and memory, with single rows"],
    ["millrace capacity delays --rate 2000 --p99 20ms", "how many processes that load needs"],
    ["millrace capacity delays --rows 100 --seconds 5 --json", "a hundred rows a request, measured for a shorter time"],
  ],
  args: ARGS,
  readsConfig: false,
  async run(call) {
    const asked = askedFor(call);
    using interrupted = interruption(call.terminal);
    try {
      const report = await measure(call, asked, interrupted.signal);
      call.terminal.out(call.args.json ? jsonLine(report) : capacityText(report));
      return report.knee === null ? EXIT.failed : EXIT.ok;
    } catch (cause) {
      if (!interrupted.signal.aborted) throw cause;
      throw new MillraceError({ code: "RUN_INTERRUPTED", message: "The measurement was interrupted.", mend: "Give the same command again; --seconds makes it shorter.", cause });
    }
  },
});

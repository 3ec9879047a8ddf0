import { randomBytes } from "node:crypto";
import { readJson, type Signature } from "@millrace/core";
import { findVersion } from "@millrace/core/model";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { interruption } from "../interruption.js";
import { openServing, SILENT } from "../open-serving.js";
import { wholeNumber } from "../parse-call.js";
import { jsonLine } from "../print/json.js";
import { count } from "../print/number.js";
import { table } from "../print/table.js";
import { startServeProcess } from "../serve-process.js";

export default defineSpec({
  summary: "Measures what this machine can do with a model: a server in a process of its own, and requests from this one.",
  examples: [
    ["millrace capacity delays@champion", "requests a second, latencies and memory, with single rows"],
    ["millrace capacity delays --load 20_000 --rows 10", "how many servers 20,000 requests a second of ten rows need"],
  ],
  args: {
    model: { type: "positional", required: true, description: "A version: delays, delays@3, delays@champion.", valueHint: "model" },
    rows: { type: "string", description: "Rows of a request. Default: 1.", valueHint: "count" },
    load: { type: "string", description: "Requests a second to be borne.", valueHint: "count" },
    seconds: { type: "string", description: "Time for each of 1, 16 and 64 connections. Default: 3.", valueHint: "count" },
  },
  async run({ args, terminal, folder }) {
    const { BUSY, measureCapacity, processesFor } = await import("@millrace/plugin-serve");
    const [rows, seconds, wanted] = [wholeNumber("rows", args.rows ?? "1"), wholeNumber("seconds", args.seconds ?? "3"), args.load === undefined ? null : wholeNumber("load", args.load)];
    const { artifacts, openStore } = await openServing(folder, SILENT);
    await using store = await openStore();
    const version = await findVersion(store, args.model);
    const signature = await readJson<Signature>(artifacts, version.signature);
    const key = randomBytes(24).toString("hex");
    using interrupted = interruption(terminal);
    await using server = await startServeProcess(folder, `${version.model}@${version.version}`, { MILLRACE_API_KEYS: `capacity read,infer ${key}` }, interrupted.signal);
    const { steps, perSecond, memoryBytes } = await measureCapacity({ url: server.url, model: version.model, key, signature, rows, milliseconds: seconds * 1_000 });
    const processes = wanted === null ? null : processesFor(wanted, perSecond);
    if (args.json) terminal.out(jsonLine({ model: version.model, version: version.version, rows, steps, perSecond, memoryBytes, busy: BUSY, load: wanted, processes }));
    else {
      const lines = steps.map((step) => [String(step.connections), count(Math.round(step.perSecond)), `${step.p50.toFixed(2)} ms`, `${step.p99.toFixed(2)} ms`, String(step.failed)]);
      terminal.out(`${version.model}@${version.version}, ${count(rows)} row${rows === 1 ? "" : "s"} a request\n\n${table([{ title: "connections" }, { title: "requests/s" }, { title: "median" }, { title: "p99" }, { title: "failed" }], lines)}`);
      terminal.out(`\nmemory ${(memoryBytes / 2 ** 20).toFixed(0)} MiB\n`);
      if (processes !== null) terminal.out(`${count(wanted!)} requests/s need ${count(processes)} server${processes === 1 ? "" : "s"} of this machine's kind, each busy for at most ${BUSY * 100} % of the time\n`);
    }
    return EXIT.ok;
  },
});

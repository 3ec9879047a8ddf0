// A process that runs one model: what a batch does to it touches no other model, and it can be killed in the midst of one.
import { Worker } from "node:worker_threads";
import { createFrame, MillraceError, type Predictor } from "@millrace/core";
import type { FromWorker, PlainError, ToWorker } from "./messages.js";
import type { OpenRuntime } from "./runtime-reference.js";

let predictor: Predictor | null = null;

function tell(message: FromWorker): void {
  process.send?.(message);
}

function plain(error: unknown): PlainError {
  return { code: MillraceError.is(error) ? error.code : null, message: error instanceof Error ? error.message : String(error) };
}

async function load({ runtime, bundle }: Extract<ToWorker, { kind: "load" }>): Promise<void> {
  try {
    const { openRuntime } = (await import(runtime.module)) as { readonly openRuntime: OpenRuntime };
    predictor = await (await openRuntime(runtime.project)).load(bundle);
    tell({ kind: "loaded" });
  } catch (error) {
    tell({ kind: "refused", error: plain(error) });
  }
}

async function run({ id, columns, rows }: Extract<ToWorker, { kind: "run" }>): Promise<void> {
  try {
    const { input, output } = predictor!;
    const outputs = await predictor!.predict(createFrame(input, columns, rows));
    tell({ kind: "done", id, columns: output.map(({ name }) => outputs.column(name)) });
  } catch (error) {
    tell({ kind: "failed", id, error: plain(error) });
  }
}

process.on("message", (message: ToWorker) => void (message.kind === "load" ? load(message) : run(message)));
// The server decides when its workers end; Ctrl-C reaches all processes of a terminal.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("disconnect", () => process.exit(0));
// A batch that never ends blocks this thread: another one sees that the server is gone.
new Worker(new URL("./watch-parent.js", import.meta.url)).unref();

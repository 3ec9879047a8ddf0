import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createFrame, MillraceError, type Frame, type ModelBundle } from "@millrace/core";
import type { FromWorker, PlainError, ToWorker } from "./messages.js";
import type { RuntimeReference } from "./runtime-reference.js";

/** A process with one model in it. */
export interface ModelWorker {
  readonly pid: number;
  /** Throws SERVE_WORKER_LOST where the process ended, and what the runtime threw (RUNTIME_FAILED). One at a time. */
  run(frame: Frame): Promise<Frame>;
  /** At once, whatever it does. */
  kill(): void;
  readonly ended: Promise<void>;
}

const ENTRY = fileURLToPath(new URL("./entry.js", import.meta.url));

/** Starts a process and loads the model in it; takes `milliseconds` at most, and is given up where `signal` fires. Throws SERVE_LOAD. */
export async function startWorker({ onnx, signature }: ModelBundle, runtime: RuntimeReference, milliseconds: number, signal: AbortSignal): Promise<ModelWorker> {
  const child = fork(ENTRY, [], { serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const channel = listen(child);
  const kill = (): void => void child.kill("SIGKILL");
  const timer = setTimeout(kill, milliseconds);
  signal.addEventListener("abort", kill);
  if (signal.aborted) kill();
  try {
    await channel.ask({ kind: "load", runtime, bundle: { onnx, signature } });
  } catch (cause) {
    kill();
    throw new MillraceError({ code: "SERVE_LOAD", message: `A process for the model "${signature.name}" does not load it: ${(cause as Error).message}`, mend: "Look into the server's log for the cause.", cause });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", kill);
  }
  return {
    pid: child.pid!,
    ended: channel.ended,
    kill,
    async run(frame) {
      const { columns } = (await channel.ask({ kind: "run", id: 0, columns: signature.inputs.map(({ name }) => frame.column(name)), rows: frame.length })) as Extract<FromWorker, { kind: "done" }>;
      return createFrame(signature.outputs, columns, frame.length);
    },
  };
}

/** One question at a time, and its answer. */
function listen(child: ChildProcess): { ask(message: ToWorker): Promise<FromWorker>; readonly ended: Promise<void> } {
  let waiting: { resolve(message: FromWorker): void; reject(error: Error): void } | null = null;
  let isGone = false;
  const settle = (act: (one: NonNullable<typeof waiting>) => void): void => {
    const one = waiting;
    waiting = null;
    if (one !== null) act(one);
  };
  child.on("message", (message: FromWorker) => settle(({ resolve, reject }) => ("error" in message ? reject(failed(message.error)) : resolve(message))));
  const ended = new Promise<void>((resolve) => {
    const gone = (): void => {
      isGone = true;
      settle(({ reject }) => reject(lost()));
      resolve();
    };
    child.on("exit", gone);
    child.on("error", gone);
  });
  return {
    ended,
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (isGone || !child.connected) return reject(lost());
        waiting = { resolve, reject };
        child.send(message, (error) => (error === null ? undefined : settle((one) => one.reject(lost()))));
      }),
  };
}

function failed({ code, message }: PlainError): MillraceError {
  return new MillraceError({ code: code ?? "RUNTIME_FAILED", message, mend: "Look into the server's log for the cause." });
}

function lost(): MillraceError {
  return new MillraceError({ code: "SERVE_WORKER_LOST", message: "The process of the model ended.", mend: "It is started again by itself." });
}

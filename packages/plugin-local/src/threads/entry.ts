import { parentPort, workerData } from "node:worker_threads";
import type { Log, OpenWorker, Task, Watch } from "@millrace/core";
import { fromMessage, plain, toMessage, type FromThread, type ThreadData, type ToThread } from "./messages.js";

// What a thread runs: it opens the project once, then does the tasks that it is given, one at a time.

const { reference, limits } = workerData as ThreadData;
const port = parentPort!;
const tell = (message: FromThread): void => port.postMessage(message);

const logAt = (level: keyof Log) => (facts: object, message: string) => tell({ kind: "log", level, facts: plain(facts), message });
const log: Log = { info: logAt("info"), warn: logAt("warn"), error: logAt("error"), debug: logAt("debug") };

const opening = (import(reference.module) as Promise<{ readonly openWorker: OpenWorker }>).then(({ openWorker }) => openWorker({ project: reference.project, limits, log }));
// Every task tells of a project that does not open; the rejection itself has nobody to go to.
opening.catch(() => {});

let stop = new AbortController();
const waiting = new Map<number, { resolve(answer: "continue" | "stop"): void; reject(error: unknown): void }>();
let events = 0;

async function run(task: Task): Promise<void> {
  stop = new AbortController();
  const watch: Watch = {
    signal: stop.signal,
    event: (value) =>
      new Promise((resolve, reject) => {
        waiting.set(++events, { resolve, reject });
        tell({ kind: "event", event: events, value });
      }),
  };
  try {
    const worker = await opening;
    tell({ kind: "ended", result: await worker.runTask(task, watch) });
  } catch (error) {
    tell({ kind: "failed", error: toMessage(error) });
  }
}

port.on("message", (message: ToThread) => {
  if (message.kind === "run") void run(message.task);
  else if (message.kind === "stop") stop.abort(fromMessage(message.reason));
  // In a thread this ends the thread only. Nothing runs in it: ending one inside a native call would end the process.
  else if (message.kind === "close") process.exit();
  else {
    const { answer, event } = message;
    const asked = waiting.get(event);
    waiting.delete(event);
    if (typeof answer === "string") asked?.resolve(answer);
    else asked?.reject(fromMessage(answer));
  }
});

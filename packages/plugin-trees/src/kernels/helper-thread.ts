import { parentPort } from "node:worker_threads";
import type { Service } from "./enlist.js";
import { KERNELS } from "./kernels.js";
import { follow, meetingAt } from "./meeting.js";

const port = parentPort!;
const tell = (message: string): void => port.postMessage(message, []);

/** A thread behind the first: serves one training after another, each in its own memory. */
port.on("message", ({ module, memory, control, integers, thread }: Service) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const perform = exports["perform"] as (kernel: number, integers: number, thread: number) => void;
  tell("ready");
  follow(meetingAt(memory, control), KERNELS.stop, (kernel) => perform(kernel, integers, thread));
  tell("done");
});

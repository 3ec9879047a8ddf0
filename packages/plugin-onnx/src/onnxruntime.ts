import type { Runtime } from "@millrace/core";
import * as library from "onnxruntime-node";
import { createRuntime } from "./create-runtime.js";

/** Runs models in native code on the CPU. */
export function onnxruntime(): Runtime {
  // What fails is thrown. The library's own line of it would hold values of the batch, and go past every log.
  library.env.logLevel = "fatal";
  return createRuntime(library, { name: "onnxruntime-node", version: library.env.versions.node ?? library.env.versions.common, provider: "cpu", threads: 1 });
}

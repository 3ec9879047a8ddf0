import type { Runtime } from "@millrace/core";
import * as library from "onnxruntime-node";
import { createRuntime } from "./create-runtime.js";

/** Runs models in native code on the CPU. */
export function onnxruntime(): Runtime {
  library.env.logLevel = "error";
  return createRuntime(library, { name: "onnxruntime-node", version: library.env.versions.node ?? library.env.versions.common, provider: "cpu", threads: 1 });
}

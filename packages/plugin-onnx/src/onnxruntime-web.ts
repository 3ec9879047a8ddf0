import type { Runtime } from "@millrace/core";
import * as library from "onnxruntime-web";
import { createRuntime } from "./create-runtime.js";

/** Runs models in WebAssembly, from the files of the installed package. */
export function onnxruntimeWeb(): Runtime {
  library.env.logLevel = "error";
  library.env.wasm.numThreads = 1;
  return createRuntime(library, { name: "onnxruntime-web", version: library.env.versions.web ?? library.env.versions.common, provider: "wasm", threads: 1 });
}

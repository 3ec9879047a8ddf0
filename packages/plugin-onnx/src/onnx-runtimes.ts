import type { Runtime } from "@millrace/core";

/** Native code and WebAssembly, as models run in them: what the suites of transforms and trainers compare with the core's reference. */
export async function onnxRuntimes(): Promise<readonly Runtime[]> {
  const [{ onnxruntime }, { onnxruntimeWeb }] = await Promise.all([import("./onnxruntime.js"), import("./onnxruntime-web.js")]);
  return [onnxruntime(), onnxruntimeWeb()];
}

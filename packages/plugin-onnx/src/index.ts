import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { onnxruntimeOptions } from "./onnxruntime.options.js";
import { onnxruntimeWebOptions } from "./onnxruntime-web.options.js";

export { onnxRuntimes } from "./onnx-runtimes.js";

/** Runtimes on onnxruntime: native code, and WebAssembly. */
export default () => definePlugin({ name: "@millrace/plugin-onnx", url: import.meta.url, extensions: runtimes, errors: async () => (await import("./error-codes.js")).ERROR_CODES });

const runtimes = [
  defineExtension("runtime", { name: "onnxruntime", summary: "onnxruntime in native code, on the CPU, one thread a session", options: onnxruntimeOptions, create: async () => (await import("./onnxruntime.js")).onnxruntime() }),
  defineExtension("runtime", { name: "onnxruntime-web", summary: "onnxruntime in WebAssembly, one thread", options: onnxruntimeWebOptions, create: async () => (await import("./onnxruntime-web.js")).onnxruntimeWeb() }),
] as const;

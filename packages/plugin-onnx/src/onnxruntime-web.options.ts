import { z } from "zod";

/** Nothing to choose: one thread, and the WebAssembly of the installed package. */
export const onnxruntimeWebOptions = z.strictObject({});

import { z } from "zod";

/** Nothing to choose yet: the CPU, with one thread a session, is what gives the same bits for one row and for many. */
export const onnxruntimeOptions = z.strictObject({});

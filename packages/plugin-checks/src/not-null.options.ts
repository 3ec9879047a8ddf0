import { z } from "zod";
import { rowCheckShape } from "./row-check.options.js";

export const notNullOptions = z.strictObject(rowCheckShape);

export type NotNullOptions = z.output<typeof notNullOptions>;

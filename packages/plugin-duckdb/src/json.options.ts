import * as z from "zod";
import { filesOption, typesOption } from "./file.options.js";

export const jsonOptions = z.strictObject({ files: filesOption, types: typesOption });

export type JsonOptions = z.output<typeof jsonOptions>;

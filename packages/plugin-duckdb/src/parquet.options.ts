import * as z from "zod";
import { filesOption, typesOption } from "./file.options.js";

export const parquetOptions = z.strictObject({ files: filesOption, types: typesOption });

export type ParquetOptions = z.output<typeof parquetOptions>;

import { canonicalJson, type Json } from "@millrace/core/plugin";
import type { Database } from "../database/open.js";
import { explainFailure } from "../database/failure.js";
import { digestFile } from "../files/digest.js";
import type { LocatedFile } from "../files/locate.js";
import { remembered } from "../files/remembered.js";
import type { FileFormat } from "./file-format.js";

/** The SELECT that gives a file's rows; what the file looks like is found out once per content and process. */
export async function selectFile(database: Database, file: LocatedFile, format: FileFormat): Promise<string> {
  try {
    return await format.select(database, file, await shapeOf(file, format, () => format.inspect(database, file)));
  } catch (error) {
    throw explainFailure(error, { files: [file], tables: null });
  }
}

/** What a look into the file tells, or told before. */
export async function shapeOf(file: LocatedFile, format: FileFormat, inspect: () => Promise<Json>): Promise<Json> {
  return remembered(`shape ${await contentKey(file, format)}`, inspect);
}

/** What a file's rows follow from, in this process. */
export async function contentKey(file: LocatedFile, format: FileFormat): Promise<string> {
  return canonicalJson([await digestFile(file.path), format.name, format.keyed] as Json);
}

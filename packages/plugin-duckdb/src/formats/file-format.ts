import type { Json } from "@millrace/core/plugin";
import type { Database } from "../database/open.js";
import type { LocatedFile } from "../files/locate.js";

/** How one format is read. `Shape` is what a look into a file tells; it is asked for once per content and process. */
export interface FileFormat<Shape extends Json = Json> {
  readonly name: "parquet" | "csv" | "json";
  /** The options that decide which rows come out; in the partitions' digests. */
  readonly keyed: Json;
  inspect(database: Database, file: LocatedFile): Promise<Shape>;
  /** The SELECT that gives the file's rows. */
  select(database: Database, file: LocatedFile, shape: Shape): Promise<string>;
  /** The lines of the file, from 1, on which rows, from 0 and ascending, begin; left out where rows have no lines. */
  lines?(file: LocatedFile, shape: Shape, rows: readonly number[]): Promise<readonly (number | null)[]>;
}

import { quoteText } from "../database/quote.js";
import type { FileFormat } from "./file-format.js";
import { checkDeclared, type DeclaredTypes, selectDeclared } from "./declared-types.js";

/** Parquet, typed as it is. */
export function parquetFormat(types: DeclaredTypes): FileFormat<null> {
  const scan = (path: string): string => `read_parquet(${quoteText(path)})`;
  return {
    name: "parquet",
    keyed: { types },
    async inspect(database, file) {
      const { columnNames } = await import("../reading/query.js");
      checkDeclared(types, await columnNames(database.connection, `SELECT * FROM ${scan(file.path)}`), file.name);
      return null;
    },
    select: async (_database, file) => selectDeclared(scan(file.path), types),
  };
}

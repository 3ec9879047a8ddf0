import type { Frame } from "../../contracts/frame.js";
import { classNames } from "../data/target.js";

/** The stratum of each row: its value of a column as text; without a column, one for all. */
export function strata(frame: Frame, column: string | null): (row: number) => string {
  return column === null ? () => "" : classNames(frame.column(column));
}

import type { Fold } from "../../contracts/fold.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { defineFold } from "../../fold/define-fold.js";
import { toFloat64 } from "../../frame/missing.js";

/** The greatest value of a time column, epoch ms. Throws SPLIT_TIME_TYPE, and DATA_NO_TIME where every value is missing. */
export function greatest(time: string): Fold<number> {
  return defineFold({
    start: () => ({ last: -Infinity }),
    add(partial, batch) {
      const column = batch.column(time);
      if (column.dtype !== "timestamp")
        throw new MillraceError({
          code: "SPLIT_TIME_TYPE",
          message: `The time column "${time}" is ${column.dtype}, not a timestamp.`,
          mend: `Cast it in the source (for example "${time}"::timestamp), or set columns.types.${time} to "timestamp".`,
        });
      for (const ms of toFloat64(column)) if (ms > partial.last) partial.last = ms;
      return partial;
    },
    merge: (left, right) => ({ last: Math.max(left.last, right.last) }),
    finish({ last }) {
      if (last === -Infinity) throw new MillraceError({ code: "DATA_NO_TIME", message: `Every value of the time column "${time}" is missing.`, mend: "Fill the column in the source, or use another split." });
      return last;
    },
  });
}

import type { Field } from "../contracts/frame.js";
import type { Source } from "../contracts/source.js";
import type { IssueSpec } from "../config/issue.js";
import { MASKED } from "../errors/masked.js";
import { MillraceError } from "../errors/millrace-error.js";
import { partitionNames } from "../run/data/no-rows.js";
import { placeOfRow } from "../run/data/row-place.js";

const NEVER = new AbortController().signal;
const MOST_LETTERS = 60;

/** Mistakes about columns of a source, with the place in the data: what the source reads, and where a column turns to text. Reads rows of the columns that are text only. */
export async function withPlaces(issues: readonly IssueSpec[], source: Source, fields: readonly Field[], pii: readonly string[]): Promise<readonly IssueSpec[]> {
  if (!issues.some(({ about }) => about !== undefined)) return issues;
  const reads = partitionNames((await source.partitions()).map(({ id }) => id));
  return Promise.all(
    issues.map(async (issue) => {
      const { about } = issue;
      if (about === undefined) return issue;
      const field = fields.find(({ name }) => name === about);
      if (field === undefined) return { ...issue, message: `${issue.message} The source reads ${reads}.` };
      const place = field.dtype === "string" ? await textPlace(source, about, pii.includes(about)) : null;
      if (place === "empty") return { ...issue, ...emptyColumn(about, reads) };
      return place === null ? issue : { ...issue, message: `${issue.message} ${place.text}` };
    }),
  );
}

/** A column without a value has no type to be told; that it was taken for text says nothing of it. */
function emptyColumn(column: string, reads: string): Pick<IssueSpec, "message" | "mend"> {
  return { message: `The column "${column}" is empty (all null) in ${reads}.`, mend: `Fill it, leave it out, or declare its type in the source, for example types: { ${JSON.stringify(column)}: "float64" }.` };
}

/** Where a column holds what is no number; null where that cannot be told: the source must be asked with more than it is here, or each text is a number. */
async function textPlace(source: Source, column: string, isPersonal: boolean): Promise<{ readonly text: string } | "empty" | null> {
  try {
    let isFilled = false;
    for (const partition of await source.partitions()) {
      let row = 0;
      for await (const frame of source.read({ partition, columns: [column], asOf: null, keys: null }, NEVER)) {
        const texts = frame.column(column);
        if (texts.dtype !== "string") return null;
        const isText = texts.dictionary.map((text) => text !== "" && Number.isNaN(Number(text)));
        const at = texts.codes.findIndex((code) => isText[code]!);
        isFilled ||= texts.codes.some((code) => code !== 0);
        if (at >= 0) return { text: `Its first value that is no number is ${isPersonal ? MASKED : briefly(texts.dictionary[texts.codes[at]!]!)}, in ${(await placeOfRow(source, partition, row + at)).text}.` };
        row += frame.length;
      }
    }
    return isFilled ? null : "empty";
  } catch (error) {
    if (MillraceError.is(error)) return null;
    throw error;
  }
}

function briefly(text: string): string {
  return JSON.stringify(text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}...` : text);
}

import { isExample, keepExample, mergeExamples, type Example } from "./examples.js";

/** The first row of each text, and the rows beyond the first. */
export interface TextKeys {
  readonly firstRows: Map<string, number>;
  repeats: number;
  examples: Example[];
}

export function emptyTexts(): TextKeys {
  return { firstRows: new Map(), repeats: 0, examples: [] };
}

export function addText(keys: TextKeys, text: string, row: number): void {
  const first = keys.firstRows.get(text);
  if (first === undefined) {
    keys.firstRows.set(text, row);
    return;
  }
  if (row < first) keys.firstRows.set(text, row);
  keys.repeats++;
  const later = Math.max(first, row);
  if (isExample(keys.examples, later)) keepExample(keys.examples, { row: later, value: text });
}

/** Changes and returns `left`. */
export function mergeTexts(left: TextKeys, right: TextKeys): TextKeys {
  left.repeats += right.repeats;
  left.examples = mergeExamples(left.examples, right.examples);
  for (const [text, row] of right.firstRows) addText(left, text, row);
  return left;
}

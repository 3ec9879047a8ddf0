import type { Column, Frame } from "../../contracts/frame.js";
import type { Columns } from "../../contracts/resolved.js";
import type { Problem } from "../../contracts/trainer.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { suggest } from "../../errors/nearest.js";
import { isMissing, toFloat64 } from "../../frame/missing.js";
import { sideCode, USED_SIDES } from "../data/sides.js";
import { classNames } from "../data/target.js";
import { problemKind } from "./problem-kind.js";

/** More classes than this are a sign that the target is an id or a number. */
const MAX_CLASSES = 1_000;

interface ClassCounter {
  add(frame: Frame, sides: Uint8Array): void;
  finish(): { readonly problem: Problem | null; readonly classRows: readonly number[] | null };
}

/** Counts the target's classes, and says what the problem is: `positive` given: binary; text or bool: multiclass; numbers: regression, refused where there are only two; `columns.task` overrides. */
export function classCounter({ target, positive, task }: Pick<Columns, "target" | "positive" | "task">): ClassCounter {
  const used = new Set<string>();
  const training = new Map<string, number>();
  const numbers = new Set<number>();
  let kind: Problem["kind"] | null = null;
  return {
    add(frame, sides) {
      if (target === null) return;
      const column = frame.column(target);
      kind ??= problemKind(column.dtype, { positive, task });
      if (kind === "regression") {
        requireNumbers(target, column);
        if (task === null) distinct(column, sides, numbers);
      } else count(column, sides, used, training, target);
    },
    finish() {
      if (target === null || kind === null) return { problem: null, classRows: null };
      if (kind === "regression") {
        if (numbers.size === 2) throw twoNumbers(target, numbers);
        return { problem: { kind }, classRows: null };
      }
      const classes = [...used].sort();
      requireClasses(target, classes, training);
      refuseMarks(target, classes);
      return { problem: kind === "binary" ? binary(target, classes, positive) : { kind, classes }, classRows: classes.map((name) => training.get(name) ?? 0) };
    },
  };
}

function count(column: Column, sides: Uint8Array, used: Set<string>, training: Map<string, number>, target: string): void {
  const nameOf = classNames(column);
  const train = sideCode("train");
  for (let row = 0; row < sides.length; row++) {
    if (sides[row]! >= USED_SIDES.length || isMissing(column, row)) continue;
    const name = nameOf(row);
    used.add(name);
    if (sides[row] === train) training.set(name, (training.get(name) ?? 0) + 1);
  }
  if (used.size > MAX_CLASSES)
    throw new MillraceError({ code: "DATA_MANY_CLASSES", message: `The target "${target}" has more than ${MAX_CLASSES} classes.`, mend: "Choose another target, or set columns.task to \"regression\" if it is a number." });
}

function requireNumbers(target: string, column: Column): void {
  if (column.dtype === "string" || column.dtype === "bytes")
    throw new MillraceError({ code: "DATA_TARGET_TYPE", message: `The target "${target}" is ${column.dtype}; regression needs numbers.`, mend: "Cast it in the source, or set columns.task to \"multiclass\"." });
}

/** Adds a column's numbers of used rows, up to three: more say nothing more. */
function distinct(column: Column, sides: Uint8Array, found: Set<number>): void {
  if (found.size > 2) return;
  const values = toFloat64(column);
  for (let row = 0; row < sides.length && found.size <= 2; row++) if (sides[row]! < USED_SIDES.length && !isMissing(column, row)) found.add(values[row]!);
}

/** Two numbers are more often two classes than quantities, and whoever writes the config knows which. */
function twoNumbers(target: string, numbers: ReadonlySet<number>): MillraceError {
  const [less, more] = [...numbers].sort((left, right) => left - right) as [number, number];
  return new MillraceError({ code: "DATA_NO_POSITIVE", message: `The target "${target}" takes two numbers only, ${less} and ${more}, and the config does not say whether they are classes.`, mend: `Set columns.positive to ${more} (binary), or columns.task to "regression".`, facts: { column: target, value: [String(less), String(more)] } });
}

function requireClasses(target: string, classes: readonly string[], training: ReadonlyMap<string, number>): void {
  if (training.size >= 2) return;
  const found = classes.length === 0 ? "no class at all" : training.size === 1 ? `one class, ${JSON.stringify([...training.keys()][0])}` : "no class";
  throw new MillraceError({ code: "DATA_ONE_CLASS", message: `The target "${target}" has ${found} in its training rows; a classifier needs two.`, mend: "Read rows of both classes, or change the split so that the training rows hold them.", facts: { column: target, value: [...training.keys()] } });
}

/** A class is text that a model answers with, and WebAssembly's decoder takes U+FEFF away where a text begins with it. */
function refuseMarks(target: string, classes: readonly string[]): void {
  const marked = classes.find((name) => name.startsWith("\uFEFF"));
  if (marked === undefined) return;
  const value = JSON.stringify(marked.slice(0, 80)).replaceAll("\uFEFF", "\\uFEFF");
  throw new MillraceError({ code: "DATA_CLASS_MARK", message: `The target "${target}" has the class ${value}, which begins with U+FEFF, the mark of byte order of a file.`, mend: `Remove it where the data comes from (in SQL: replace(${target}, chr(65279), '')).`, facts: { column: target, value } });
}

function binary(target: string, classes: readonly string[], positive: string | null): Problem {
  if (positive === null)
    throw new MillraceError({ code: "DATA_NO_POSITIVE", message: `The target "${target}" is binary, and columns.positive does not say which class is the positive one.`, mend: `Set columns.positive to one of: ${classes.join(", ")}.`, facts: { column: target, value: classes } });
  if (!classes.includes(positive))
    throw new MillraceError({ code: "DATA_NO_POSITIVE", message: `columns.positive is "${positive}", which the target "${target}" never takes.`, mend: suggest(positive, classes), facts: { column: target, value: classes } });
  if (classes.length !== 2)
    throw new MillraceError({ code: "DATA_NOT_BINARY", message: `The target "${target}" has ${classes.length} classes (${classes.slice(0, 5).join(", ")}${classes.length > 5 ? ", ..." : ""}); columns.positive makes it binary.`, mend: "Drop columns.positive for a multiclass model, or make the target binary in the source.", facts: { column: target, value: classes.slice(0, 5) } });
  return { kind: "binary", classes: [classes[0]!, classes[1]!], positive };
}

import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import { before } from "../../config/duration.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { defineFold } from "../../fold/define-fold.js";
import { toFloat64 } from "../../frame/missing.js";
import { parseTimestamp } from "../../frame/parse-timestamp.js";
import { sideCode, USED_SIDES } from "../data/sides.js";
import { greatest } from "./greatest.js";
import type { Facts, SplitRule, SplitRuleContext } from "./rule.js";
import { units } from "./unit-hash.js";

/** Epoch ms. Counted windows are open on the left, (from, to]; explicit ones on the right, [from, to). */
interface Window {
  readonly from: number;
  readonly to: number;
  readonly open: "left" | "right";
}

interface Windows {
  readonly test: Window;
  readonly validation: Window;
  /** Training ends here, inclusive. */
  readonly trainTo: number;
}

/** Train on the past, validate on what follows, test on the newest; `gap` before each window is left out, also of a validation that is written out. */
export function timeRule({ columns, with: options }: SplitRuleContext): SplitRule {
  const time = columns.time;
  if (time === null)
    throw new MillraceError({ code: "SPLIT_NO_TIME", message: "A split by time needs a time column, and `columns.time` names none.", mend: "Set columns.time, or use another split: hash, random or column." });
  const group = (options["group"] as string | undefined) ?? columns.group;
  return async (pass) => {
    const last = await pass(greatest(time));
    const windows = windowsBefore(last, options, { time, horizon: columns.horizon });
    const sideOfTime = (ms: number) => windowSide(ms, windows);
    const byTime = (frame: Frame) => Uint8Array.from(toFloat64(frame.column(time)), sideOfTime);
    const facts = describe(windows, last);
    if (group === null) return { facts, assign: byTime };
    const shares = await pass(sideShares(byTime));
    return { facts: [...facts, ["group", group], ["shares", shares]], assign: (frame, firstRow) => keepGroups(byTime(frame), units(frame, firstRow, group, "split", 0), shares) };
  };
}

function windowsBefore(last: number, options: SplitRuleContext["with"], { time, horizon }: { readonly time: string; readonly horizon: string | null }): Windows {
  const gap = (options["gap"] as string | undefined) ?? horizon;
  const earlier = (ms: number) => (gap === null ? ms : before(ms, gap));
  const window = (length: Json, to: number): Window =>
    typeof length === "string" ? { from: before(to, length), to, open: "left" } : { from: explicit(length, "from"), to: explicit(length, "to"), open: "right" };
  const test = window(options["test"] ?? "1mo", last);
  const validationTo = earlier(boundary(test));
  const validation = endingBy(validationTo, window(options["validation"] ?? "1mo", validationTo), time);
  return { test, validation, trainTo: earlier(boundary(validation)) };
}

/** A window that is written out without its rows after a moment, which are in the gap; a counted one ends there already. Throws SPLIT_WINDOW where none can be left. */
function endingBy(ms: number, window: Window, time: string): Window {
  if (window.open === "left" || window.to <= ms) return window;
  if (window.from <= ms) return { ...window, to: ms + 1 };
  throw new MillraceError({
    code: "SPLIT_WINDOW",
    message: `split: the validation, from ${iso(window.from)}, lies after ${iso(ms)}, where the gap before the test begins.`,
    mend: "Let the validation begin earlier, or shorten split.with.gap, by default columns.horizon.",
    facts: { column: time, value: iso(ms) },
  });
}

/** The last moment before a window. */
function boundary({ from, open }: Window): number {
  return open === "left" ? from : from - 1;
}

function explicit(window: Json, end: "from" | "to"): number {
  const ms = parseTimestamp(String((window as Record<string, Json>)[end]));
  if (Number.isNaN(ms)) throw new MillraceError({ code: "SPLIT_WINDOW", message: `split: "${end}" of a window is not a date: ${JSON.stringify(window)}.`, mend: "Write ISO dates, for example { from: \"2025-01-01\", to: \"2025-02-01\" }." });
  return ms;
}

function windowSide(ms: number, { test, validation, trainTo }: Windows): number {
  if (Number.isNaN(ms)) return sideCode("named by no side");
  if (within(ms, test)) return sideCode("test");
  if (within(ms, validation)) return sideCode("validation");
  if (ms <= trainTo) return sideCode("train");
  return sideCode(ms > boundary(test) ? "named by no side" : "gap");
}

function within(ms: number, { from, to, open }: Window): boolean {
  return open === "left" ? ms > from && ms <= to : ms >= from && ms < to;
}

/** Rows of each window, as shares of [train, validation, test]. */
function sideShares(byTime: (frame: Frame) => Uint8Array): Fold<readonly number[]> {
  return defineFold({
    start: () => new Float64Array(USED_SIDES.length),
    add(partial, batch) {
      for (const side of byTime(batch)) if (side < partial.length) partial[side]!++;
      return partial;
    },
    merge: (left, right) => left.map((count, side) => count + right[side]!),
    finish: (partial) => {
      const total = partial.reduce((sum, count) => sum + count, 0);
      return Array.from(partial, (count) => count / Math.max(total, 1));
    },
  });
}

/** A group that recurs lives on the one side that its hash picks; its rows in other windows are left out. */
function keepGroups(sides: Uint8Array, unitOfGroup: Float64Array, shares: readonly number[]): Uint8Array {
  const elsewhere = sideCode("other side of its group");
  return sides.map((side, row) => {
    if (side >= USED_SIDES.length) return side;
    const unit = unitOfGroup[row]!;
    const home = unit < shares[2]! ? 2 : unit < shares[2]! + shares[1]! ? 1 : 0;
    return side === home ? side : elsewhere;
  });
}

function describe({ test, validation, trainTo }: Windows, last: number): Facts {
  const span = ({ from, to, open }: Window) => (open === "left" ? `(${iso(from)}, ${iso(to)}]` : `[${iso(from)}, ${iso(to)})`);
  return [["train", `up to ${iso(trainTo)}`], ["validation", span(validation)], ["test", span(test)], ["last", iso(last)]];
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

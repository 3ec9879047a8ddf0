import { z } from "zod";
import { DURATION } from "./duration.js";

const duration = z.string().regex(DURATION, 'must be a duration such as "30d", "1mo" or "15m"');
const share = z.number().min(0, "must be at least 0").lt(1, "must be less than 1");
const parts = z.int().min(2).max(100).nullable().default(null).describe("Parts for cross-validation, each judged by a model of the others; null: none. A group, or else a key, is in one part.");
const columnName = z.string().min(1);

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/, "must be an ISO date");
const window = z.union([
  duration,
  z.strictObject({ from: date.describe("First moment, inclusive."), to: date.describe("Last moment, exclusive.") }),
]);

const time = z.strictObject({
  test: window.default("1mo").describe("The newest rows: a duration back from the last moment, or { from, to }."),
  validation: window.default("1mo").describe("The rows before those of the test."),
  gap: duration.nullable().default(null).describe("Left out between the parts, also of windows that are written out; by default the label's horizon (columns.horizon)."),
  group: columnName.nullable().default(null).describe("Column whose rows stay on one side; by default columns.group."),
});

const hash = z.strictObject({
  test: share.default(0.2).describe("Share of the groups in the test."),
  validation: share.default(0.2).describe("Share of the groups in the validation."),
  group: columnName.nullable().default(null).describe("Column that is hashed; by default columns.group, else columns.key, else the row's number."),
  parts,
});

const random = z.strictObject({
  test: share.default(0.2).describe("Share of the rows in the test; with columns.group, of the groups."),
  validation: share.default(0.2).describe("Share of the rows in the validation; with columns.group, of the groups."),
  stratify: z.union([z.boolean(), columnName]).default(false).describe("Keep the shares of each value of a column, in the parts of cross-validation too; true: of the target. Not beside columns.group."),
  parts,
});

const column = z.strictObject({ name: columnName.describe("Column that holds train, validation or test; with columns.group, the same for all rows of a group.") });

/** The options of the core's four rules of splitting. */
export const SPLIT_RULES = { time, hash, random, column } as const;

export type SplitRuleName = keyof typeof SPLIT_RULES;

/** What a user writes: one rule, or its bare name. */
export type SplitUse = { [R in SplitRuleName]: (R extends "column" ? never : R) | { readonly use: R; readonly with?: z.input<(typeof SPLIT_RULES)[R]> } }[SplitRuleName];

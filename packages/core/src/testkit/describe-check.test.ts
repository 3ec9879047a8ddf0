import { expect, test } from "vitest";
import type { Check, Finding } from "../contracts/check.js";
import type { Fold } from "../contracts/fold.js";
import { MillraceError } from "../errors/millrace-error.js";
import { createFrame, field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { checkLaws, type CheckCase } from "./check/check-laws.js";
import { describeCheck } from "./describe-check.js";
import { foldMutants } from "./fold/fold-mutants.js";
import { brokenLaws } from "./law.js";

type Broken = { rows: number; first: number[] };

const fields = [field("x", "float64")];

/** No x below 0. */
const fold: Fold<readonly Finding[], Broken> = {
  start: () => ({ rows: 0, first: [] }),
  add(broken, batch) {
    const numbers = toFloat64(batch.column("$row"));
    toFloat64(batch.column("x")).forEach((x, row) => {
      if (x >= 0) return;
      broken.rows++;
      broken.first = [...broken.first, numbers[row]!].slice(0, 10);
    });
    return broken;
  },
  merge: (left, right) => ({ rows: left.rows + right.rows, first: [...left.first, ...right.first].slice(0, 10) }),
  finish: ({ rows, first }) => (rows === 0 ? [] : [{ severity: "error", column: "x", message: `${rows} rows are below 0`, rows, examples: first.map((row) => ({ row, value: -1 })) }]),
};

const checkOf = (mutated: Partial<Fold<readonly Finding[], any>> = {}): Check => ({
  fold(input) {
    if (input.length === 0) throw new MillraceError({ code: "CHECK_COLUMN", message: 'There is no "x".', mend: 'Name "x".' });
    return { ...fold, ...mutated };
  },
});

const subject: Omit<CheckCase, "create"> = {
  fields,
  needs: ["x"],
  clean: (rows) => createFrame(fields, [{ dtype: "float64", values: new Float64Array(rows).fill(1) }], rows),
  broken(random) {
    const values = Float64Array.from({ length: 70 }, () => (random() < 0.4 ? -1 : 1)).fill(-1, 0, 2);
    const examples = [...values.keys()].filter((row) => values[row]! < 0);
    return { frame: createFrame(fields, [{ dtype: "float64", values }], 70), rows: examples.length, examples };
  },
};

const changed = (change: (finding: Finding) => Partial<Finding>) => ({ finish: (broken: Broken) => fold.finish(broken).map((finding) => ({ ...finding, ...change(finding) })) });

const mutants: Record<string, () => Check> = {
  ...Object.fromEntries(Object.entries(foldMutants(fold, (findings) => findings.map((finding) => ({ ...finding, rows: finding.rows + 1 })))).map(([law, mutant]) => [law, () => checkOf(mutant)])),
  "clean rows give no findings": () => checkOf({ finish: (broken: Broken) => (broken.rows === 0 ? [{ severity: "warning", column: null, message: "well", rows: 0, examples: [] }] : fold.finish(broken)) }),
  "a broken expectation gives one finding, with its count of rows": () => checkOf(changed(({ examples }) => ({ rows: examples.length }))),
  "examples are the first ten broken rows, by their numbers in read order, wherever the rows were cut": () => checkOf(changed(({ examples }) => ({ examples: examples.map(({ value }, row) => ({ row, value })) }))),
  "a column that is not there is refused by name": () => ({ fold: () => fold }),
  "findings are JSON": () => checkOf(changed(({ examples }) => ({ examples: examples.map(({ row }) => ({ row, value: NaN })) }))),
};

describeCheck({ name: "no negative numbers", ...subject, create: () => checkOf() });

test.each(checkLaws.map(({ name }) => name))("a mutant breaks this law alone: %s", async (name) => {
  expect(await brokenLaws(checkLaws, { ...subject, create: mutants[name]! })).toEqual([name]);
});

import { readFileSync } from "node:fs";
import { createFrame, field, type Problem, type TrainingData } from "@millrace/core";
import { rowsOf } from "@millrace/core/testkit";

export interface ReferenceCase {
  readonly name: string;
  readonly trainer: string;
  readonly options: Readonly<Record<string, number | string>>;
  readonly target: Problem["kind"];
  readonly weighted: boolean;
  /** outputs x parameters: numbers, then the one-hot columns of each code column. */
  readonly coefficients: readonly (readonly number[])[];
  readonly intercept: readonly number[];
}

interface Reference {
  readonly rows: number;
  readonly numbers: readonly (readonly (number | null)[])[];
  readonly categories: readonly number[];
  readonly codes: readonly (readonly number[])[];
  readonly weight: readonly number[];
  readonly targets: Readonly<Record<Problem["kind"], readonly number[]>>;
  readonly cases: readonly ReferenceCase[];
}

const reference = JSON.parse(readFileSync(new URL("../../fixtures/reference.json", import.meta.url), "utf8")) as Reference;

export const referenceCases = (trainer: string): readonly ReferenceCase[] => reference.cases.filter((one) => one.trainer === trainer);

export const problems: Readonly<Record<Problem["kind"], Problem>> = {
  binary: { kind: "binary", classes: ["no", "yes"], positive: "yes" },
  multiclass: { kind: "multiclass", classes: ["a", "b", "c"] },
  regression: { kind: "regression" },
};

/** The data set of a case, in two frames. */
export function referenceData({ target, weighted }: Pick<ReferenceCase, "target" | "weighted">): TrainingData {
  const features = [
    ...reference.numbers.map((_, j) => field(`x${j}`, "float32")),
    ...reference.categories.map((size, j) => field(`c${j}`, "int32", { nullable: false, categories: Array.from({ length: size }, (_, code) => `v${code}`) })),
  ];
  const fields = [...features, field("$target", target === "multiclass" ? "int32" : "float64"), ...(weighted ? [field("$weight", "float64")] : [])];
  const frame = (from: number, to: number) =>
    createFrame(
      fields,
      [
        ...reference.numbers.map((column) => ({ dtype: "float32" as const, values: Float32Array.from(column.slice(from, to), (x) => x ?? Number.NaN) })),
        ...reference.codes.map((column) => ({ dtype: "int32" as const, values: Int32Array.from(column.slice(from, to)), validity: null })),
        target === "multiclass"
          ? { dtype: "int32" as const, values: Int32Array.from(reference.targets[target].slice(from, to)), validity: null }
          : { dtype: "float64" as const, values: Float64Array.from(reference.targets[target].slice(from, to)) },
        ...(weighted ? [{ dtype: "float64" as const, values: Float64Array.from(reference.weight.slice(from, to)) }] : []),
      ],
      to - from,
    );
  return { problem: problems[target], features, train: rowsOf([frame(0, 100), frame(100, reference.rows)]), validation: null };
}

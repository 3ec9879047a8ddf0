import type { IssueSpec } from "../issue.js";
import { isTree, valueAt, type Path } from "../path.js";

/** A model as it is written, right or not: what is missing or of another type reads as nothing. */
export interface LooseModel {
  text(...path: Path): string | null;
  /** A number, also one that is written as text; null where there is none. */
  number(...path: Path): number | null;
  list(...path: Path): readonly unknown[];
  has(...path: Path): boolean;
  /** Something is there, and it is no object: its shape is the mistake. */
  isMisshapen(...path: Path): boolean;
}

/** A rule over several keys of one model; paths are relative to it. */
export type Rule = (model: LooseModel) => readonly IssueSpec[];

export function loosely(model: unknown): LooseModel {
  const text: LooseModel["text"] = (...path) => {
    const value = valueAt(model, path);
    return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : null;
  };
  return {
    text,
    number(...path) {
      const value = text(...path);
      return value === null || Number.isNaN(Number(value)) ? null : Number(value);
    },
    has: (...path) => valueAt(model, path) !== undefined && valueAt(model, path) !== null,
    isMisshapen: (...path) => valueAt(model, path) !== undefined && !isTree(valueAt(model, path)),
    list(...path) {
      const value = valueAt(model, path);
      return Array.isArray(value) ? value : [];
    },
  };
}

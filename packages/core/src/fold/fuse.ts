import type { Fold } from "../contracts/fold.js";

type Results<T extends Readonly<Record<string, Fold<unknown>>>> = { readonly [K in keyof T]: T[K] extends Fold<infer Result> ? Result : never };

/** Many folds in one pass over the rows; the result has each fold's result under its name. */
export function fuse<const T extends Readonly<Record<string, Fold<unknown>>>>(folds: T): Fold<Results<T>, Record<string, unknown>> {
  const entries = Object.entries(folds);
  const each = (next: (name: string, fold: Fold<unknown>) => unknown) => Object.fromEntries(entries.map(([name, fold]) => [name, next(name, fold)]));
  return {
    start: () => each((_, fold) => fold.start()),
    add(partial, batch) {
      for (const [name, fold] of entries) partial[name] = fold.add(partial[name], batch);
      return partial;
    },
    merge(left, right) {
      for (const [name, fold] of entries) left[name] = fold.merge(left[name], right[name]);
      return left;
    },
    finish: (partial) => each((name, fold) => fold.finish(partial[name])) as Results<T>,
  };
}

import { foldLaws, type FoldCase } from "./fold/fold-laws.js";
import { describeLaws } from "./law.js";

/** The laws of folds as tests of one fold. */
export function describeFold<Result>(subject: FoldCase<Result> & { readonly name: string }): void {
  describeLaws(`${subject.name} is a fold`, foldLaws, subject);
}

import { arithmetic, cast, field, MillraceError, type Field, type Remark, type Transform, type Value } from "@millrace/core";
import { chooseThreshold } from "./choose-threshold.js";
import { decideRemark } from "./decide-remark.js";
import type { DecideOptions } from "./decide.options.js";
import { requireProbabilities } from "./probabilities.js";
import { scoreCurves } from "./score-curves.js";

export interface DecideState {
  /** Rows of at least this score are acted on. */
  readonly threshold: number;
  readonly remarks: readonly Remark[];
}

/**
 * Whether to act on a row: `decision`, true where the score as it leaves the model is at least a threshold, which is given or chosen on
 * predictions for rows that the model has not learnt from. By cost: C. Elkan, "The foundations of cost-sensitive learning" (2001), with the
 * outcomes of the validation rows in the place of his probabilities.
 */
export function decide(options: DecideOptions): Transform<DecideState> {
  return {
    learnsFrom: "target",
    fields(input) {
      requireScore(input);
      return [field("decision", "bool")];
    },
    fit(input, target) {
      const score = requireScore(input);
      if (target === null) throw new MillraceError({ code: "TRANSFORM_TARGET", message: "`decide` learns from the target, and the model has none.", mend: "Set `columns.target`." });
      return scoreCurves(score, ([curve]) => {
        const point = chooseThreshold(options, curve!);
        return { threshold: point.threshold, remarks: [decideRemark(options, point)] };
      });
    },
    lower({ threshold }, input, graph) {
      const { greaterOrEqual, isNaN, where } = arithmetic(graph);
      const [score] = [...input.values()] as [Value];
      // Judged as it leaves, so that whoever compares `score` with the threshold finds the same.
      const shown = cast(graph, cast(graph, score, "float32"), "float64");
      return new Map([["decision", where(isNaN(shown), shown, where(greaterOrEqual(shown, threshold), 1, 0))]]);
    },
  };
}

function requireScore(input: readonly Field[]): Field {
  const score = requireProbabilities("decide", input);
  if (score.shape !== null && score.shape.length > 0)
    throw new MillraceError({
      code: "TRANSFORM_INPUT",
      message: `\`decide\` compares one score with a threshold, and "${score.name}" has a number for each class.`,
      mend: "Set columns.positive, which makes the problem binary; of more classes, `label` is the likeliest.",
      facts: { transform: "decide", columns: [score.name] },
    });
  return score;
}

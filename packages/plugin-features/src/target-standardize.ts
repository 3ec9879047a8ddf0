import { type Transform } from "@millrace/core";
import { targetField } from "./columns.js";
import { momentsOf, momentsState, type MomentsState } from "./moments-state.js";
import { lowerTarget } from "./target-value.js";

/** Learns the target at mean 0 and standard deviation 1 (of the population, over the training rows); predictions go back. */
export function targetStandardize(): Transform<MomentsState> {
  return {
    learnsFrom: "target-only",
    fields: (input) => input.map(({ name }) => targetField(name)),
    fit: () => momentsOf(["$target"], momentsState),
    lower: ({ means, scales }, input, graph) =>
      lowerTarget(
        input,
        graph,
        (target, { sub, div }) => div(sub(target, means[0]!), scales[0]!),
        (prediction, { add, mul }) => add(mul(prediction, scales[0]!), means[0]!),
      ),
  };
}

import { z } from "zod";

const share = z.number().gt(0).max(1);

/** What the four outcomes of a decision cost; a gain is a negative cost. */
const cost = z.strictObject({
  falsePositive: z.number().describe("Cost of acting on a row that is not positive."),
  falseNegative: z.number().describe("Cost of leaving out a row that is positive."),
  truePositive: z.number().default(0).describe("Cost of acting on a row that is positive."),
  trueNegative: z.number().default(0).describe("Cost of leaving out a row that is not positive."),
});

const atLeast = z.strictObject({
  precision: share.optional().describe("Share of the rows acted on that are positive."),
  recall: share.optional().describe("Share of the positive rows that are acted on."),
  specificity: share.optional().describe("Share of the other rows that are left out."),
});

export const decideOptions = z
  .strictObject({
    threshold: z.number().min(0).max(1).nullable().default(null).describe("Act on rows of at least this score. Stands alone: nothing is learnt."),
    capacity: z.number().positive().nullable().default(null).describe("Act on at most this many rows of each `per`: those with the highest scores; rows of one score are in or out together. Alone, on as many as that allows."),
    per: z.number().positive().nullable().default(null).describe("Rows that are scored at a time, for `capacity`. null: as many as there are validation rows."),
    cost: cost.nullable().default(null).describe("Act where it costs least in all, over the validation rows: `falsePositive`, `falseNegative`, `truePositive` (0), `trueNegative` (0). A gain is a negative cost."),
    maximize: z.enum(["recall", "precision", "f-beta", "accuracy", "balanced-accuracy", "mcc"]).nullable().default(null).describe("Act where this is greatest over the validation rows."),
    beta: z.number().positive().default(1).describe("For `f-beta`: how many times as much recall weighs as precision."),
    atLeast: atLeast.nullable().default(null).describe("What must be reached, beside: `precision`, `recall`, `specificity`. A run fails where no threshold reaches it."),
  })
  .superRefine((options, context) => {
    const mistake = (path: string | null, message: string) => context.addIssue({ code: "custom", path: path === null ? [] : [path], message });
    const { threshold, capacity, per, cost: costs, maximize, beta, atLeast: limits } = options;
    if ([threshold, capacity, costs, maximize].every((rule) => rule === null)) mistake(null, "does not say when to act: give threshold, capacity, cost or maximize");
    if (threshold !== null && [capacity, costs, maximize, limits].some((rule) => rule !== null)) mistake("threshold", "is fixed, so that nothing else can choose: remove it, or capacity, cost, maximize and atLeast");
    if (costs !== null && maximize !== null) mistake("maximize", "cannot stand with cost: remove one of them");
    if (per !== null && capacity === null) mistake("per", "goes with capacity: give it, or remove per");
    if (per !== null && capacity !== null && capacity > per) mistake("capacity", `must be at most per, which is ${per}`);
    if (beta !== 1 && maximize !== "f-beta") mistake("beta", "goes with maximize f-beta: set that, or remove beta");
  });

export type DecideOptions = z.output<typeof decideOptions>;

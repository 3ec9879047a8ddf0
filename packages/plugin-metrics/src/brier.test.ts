import { describeMetric } from "@millrace/core/testkit";
import { brier } from "./brier.js";

describeMetric({ name: "brier, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => brier() });
describeMetric({ name: "brier, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => brier() });

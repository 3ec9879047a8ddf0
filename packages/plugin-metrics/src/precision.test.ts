import { describeMetric } from "@millrace/core/testkit";
import { precision } from "./precision.js";

describeMetric({ name: "precision, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => precision({ average: undefined, zeroDivision: 0, threshold: undefined }) });
describeMetric({ name: "precision, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => precision({ average: undefined, zeroDivision: 0, threshold: undefined }) });

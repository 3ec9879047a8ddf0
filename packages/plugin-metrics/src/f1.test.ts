import { describeMetric } from "@millrace/core/testkit";
import { f1 } from "./f1.js";

describeMetric({ name: "f1, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => f1({ average: undefined, zeroDivision: 0, threshold: undefined }) });
describeMetric({ name: "f1, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => f1({ average: undefined, zeroDivision: 0, threshold: undefined }) });

import { describeMetric } from "@millrace/core/testkit";
import { ece } from "./ece.js";

describeMetric({ name: "ece, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => ece({ bins: 10 }) });
describeMetric({ name: "ece, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => ece({ bins: 10 }) });

import { describeMetric } from "@millrace/core/testkit";
import { balancedAccuracy } from "./balanced-accuracy.js";

describeMetric({ name: "balanced-accuracy, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => balancedAccuracy({ threshold: undefined }) });
describeMetric({ name: "balanced-accuracy, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => balancedAccuracy({ threshold: undefined }) });

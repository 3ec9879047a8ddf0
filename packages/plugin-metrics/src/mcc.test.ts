import { describeMetric } from "@millrace/core/testkit";
import { mcc } from "./mcc.js";

describeMetric({ name: "mcc, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => mcc({ threshold: undefined }) });
describeMetric({ name: "mcc, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => mcc({ threshold: undefined }) });

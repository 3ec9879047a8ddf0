import { describeMetric } from "@millrace/core/testkit";
import { logLoss } from "./log-loss.js";

describeMetric({ name: "log-loss, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => logLoss() });
describeMetric({ name: "log-loss, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => logLoss() });

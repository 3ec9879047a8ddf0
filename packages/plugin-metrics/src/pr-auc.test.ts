import { describeMetric } from "@millrace/core/testkit";
import { prAuc } from "./pr-auc.js";

describeMetric({ name: "pr-auc", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => prAuc() });

import { describeMetric } from "@millrace/core/testkit";
import { rocAuc } from "./roc-auc.js";

describeMetric({ name: "roc-auc, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => rocAuc({ multiclass: "ovr", average: "macro" }) });
describeMetric({ name: "roc-auc, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => rocAuc({ multiclass: "ovr", average: "macro" }) });

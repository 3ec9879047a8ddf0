import { describeMetric } from "@millrace/core/testkit";
import { recall } from "./recall.js";

describeMetric({ name: "recall, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => recall({ average: undefined, zeroDivision: 0, threshold: undefined }) });
describeMetric({ name: "recall, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => recall({ average: undefined, zeroDivision: 0, threshold: undefined }) });

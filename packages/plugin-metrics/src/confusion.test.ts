import { describeMetric } from "@millrace/core/testkit";
import { confusion } from "./confusion.js";

describeMetric({ name: "confusion, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => confusion({ threshold: undefined }) });
describeMetric({ name: "confusion, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => confusion({ threshold: undefined }) });

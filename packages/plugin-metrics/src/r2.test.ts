import { describeMetric } from "@millrace/core/testkit";
import { r2 } from "./r2.js";

describeMetric({ name: "r2", problem: { kind: "regression" }, create: () => r2() });

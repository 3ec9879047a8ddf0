import { describeMetric } from "@millrace/core/testkit";
import { mse } from "./mse.js";

describeMetric({ name: "mse", problem: { kind: "regression" }, create: () => mse() });

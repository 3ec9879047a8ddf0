import { describeMetric } from "@millrace/core/testkit";
import { mape } from "./mape.js";

describeMetric({ name: "mape", problem: { kind: "regression" }, create: () => mape() });

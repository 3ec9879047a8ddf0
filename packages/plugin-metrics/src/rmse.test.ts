import { describeMetric } from "@millrace/core/testkit";
import { rmse } from "./rmse.js";

describeMetric({ name: "rmse", problem: { kind: "regression" }, create: () => rmse() });

import { describeMetric } from "@millrace/core/testkit";
import { mae } from "./mae.js";

describeMetric({ name: "mae", problem: { kind: "regression" }, create: () => mae() });

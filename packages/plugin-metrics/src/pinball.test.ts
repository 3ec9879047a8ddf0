import { describeMetric } from "@millrace/core/testkit";
import { pinball } from "./pinball.js";

describeMetric({ name: "pinball", problem: { kind: "regression" }, create: () => pinball({ quantile: 0.9 }) });

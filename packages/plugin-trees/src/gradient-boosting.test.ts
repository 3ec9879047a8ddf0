import { describeTrainers } from "../fixtures/suite.js";
import { gradientBoosting } from "./gradient-boosting.js";
import { gradientBoostingOptions } from "./gradient-boosting.options.js";

describeTrainers("gradient-boosting", () => gradientBoosting(gradientBoostingOptions.parse({ trees: 20, leaves: 8 }), { folder: "." }), ["binary", "multiclass", "regression"]);

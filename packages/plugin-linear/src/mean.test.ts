import { describeTrainers } from "../fixtures/suite.js";
import { mean } from "./mean.js";

describeTrainers("mean", mean, ["regression"], false);

import { describeTrainers } from "../fixtures/suite.js";
import { prior } from "./prior.js";

describeTrainers("prior", prior, ["binary", "multiclass"], false);

import { describeTrainers } from "../fixtures/suite.js";
import { linearSvm } from "./linear-svm.js";
import { linearSvmOptions } from "./linear-svm.options.js";
import { logistic } from "./logistic.js";
import { logisticOptions } from "./logistic.options.js";
import { ridge } from "./ridge.js";
import { ridgeOptions } from "./ridge.options.js";

describeTrainers("logistic", () => logistic(logisticOptions.parse({ tolerance: 1e-10 })), ["binary", "multiclass"]);
describeTrainers("linear-svm", () => linearSvm(linearSvmOptions.parse({ tolerance: 1e-10 })), ["binary", "multiclass"]);
describeTrainers("linear-svm with hinge", () => linearSvm(linearSvmOptions.parse({ tolerance: 1e-10, loss: "hinge" })), ["binary"]);
describeTrainers("ridge", () => ridge(ridgeOptions.parse({})), ["regression"]);

import { referenceRuntime } from "../graph/reference/runtime.js";
import { describeRuntime } from "./describe-runtime.js";

describeRuntime({ name: "the reference", create: () => referenceRuntime });

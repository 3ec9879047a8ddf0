import { describeRuntime } from "@millrace/core/testkit";
import { onnxruntime } from "./onnxruntime.js";

describeRuntime({ name: "onnxruntime", create: onnxruntime });

import { describeRuntime } from "@millrace/core/testkit";
import { onnxruntimeWeb } from "./onnxruntime-web.js";

describeRuntime({ name: "onnxruntime-web", create: onnxruntimeWeb });

// What the tests of a project import.
export { onnxRuntimes } from "@millrace/plugin-onnx";
export { testRun, type TestRun, type TestRunOptions } from "./test-run/test-run.js";

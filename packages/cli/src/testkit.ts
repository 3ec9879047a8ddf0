// What the tests of a project import.
export { testRun, type TestRun, type TestRunOptions } from "./test-run/test-run.js";

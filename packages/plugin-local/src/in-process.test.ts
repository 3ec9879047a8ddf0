import { describeExecutor } from "@millrace/core/testkit";
import { inProcess } from "./in-process.js";

describeExecutor({ name: "in-process", create: async ({ runTask, slots }) => inProcess({ slots }, { runTask }) });

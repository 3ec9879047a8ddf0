import { describeExecutor } from "@millrace/core/testkit";
import { inProcess } from "./in-process.js";

describeExecutor({ name: "in-process", create: async ({ runTask, slots }) => inProcess({ slots }, { runTask }) });
describeExecutor({ name: "in-process, one slot", create: async ({ runTask }) => inProcess({ slots: 1 }, { runTask }) });

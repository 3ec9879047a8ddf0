import { describeExecutor } from "./describe-executor.js";
import { createInlineExecutor } from "./inline-executor.js";

describeExecutor({ name: "inline", create: async ({ runTask }) => createInlineExecutor(runTask) });

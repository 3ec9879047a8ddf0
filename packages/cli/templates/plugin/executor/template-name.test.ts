import { describeExecutor } from "@millrace/core/testkit";
import { createTemplateName } from "./template-name.js";

describeExecutor({ name: "template-name", create: async ({ runTask, slots }) => createTemplateName({ slots }, { runTask }) });
describeExecutor({ name: "template-name, one slot", create: async ({ runTask }) => createTemplateName({ slots: 1 }, { runTask }) });

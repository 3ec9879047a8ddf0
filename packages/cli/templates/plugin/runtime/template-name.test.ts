import { describeRuntime } from "@millrace/core/testkit";
import { createTemplateName } from "./template-name.js";

describeRuntime({ name: "template-name", create: () => createTemplateName({ leastRows: 2 }) });

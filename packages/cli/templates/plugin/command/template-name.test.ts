import { describeCommand } from "@millrace/core/testkit";
import { createTemplateName } from "./template-name.js";

const create = () => createTemplateName(() => {});

describeCommand({ name: "template-name", create, options: {}, fails: { options: { model: "no such model" }, code: "MODEL_UNKNOWN" } });
describeCommand({ name: "template-name, one model", create, options: { model: "model" }, fails: "See above." });

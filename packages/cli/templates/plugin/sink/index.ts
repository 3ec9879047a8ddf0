import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("sink", { name: "template-name", summary: "A file per part, with a JSON object a line", options: templateNameOptions, create: async (options, context) => (await import("./template-name.js")).createTemplateName(options, context) });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

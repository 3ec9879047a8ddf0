import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("executor", { name: "template-name", summary: "Tasks in this process, so many at once", options: templateNameOptions, create: async (options, context) => (await import("./template-name.js")).createTemplateName(options, context) });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

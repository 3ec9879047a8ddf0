import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("store", { name: "template-name", summary: "Records in one file that only grows", options: templateNameOptions, create: async (options, context) => (await import("./template-name.js")).createTemplateName(options, context) });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("metric", { name: "template-name", summary: "The share of predictions that are near enough", options: templateNameOptions, create: async (options) => (await import("./template-name.js")).createTemplateName(options) });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

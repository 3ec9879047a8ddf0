import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("trainer", { name: "template-name", summary: "Naive Bayes: each feature on its own, numbers as normal distributions", options: templateNameOptions, create: async (options) => (await import("./template-name.js")).createTemplateName(options) });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

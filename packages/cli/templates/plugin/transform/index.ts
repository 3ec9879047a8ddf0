import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("transform", { name: "template-name", summary: "Numbers held near their mean", options: templateNameOptions, create: async (options) => (await import("./template-name.js")).createTemplateName(options) });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("artifacts", { name: "template-name", summary: "Artifacts in a folder, compressed", options: templateNameOptions, create: async (options, context) => (await import("./template-name.js")).createTemplateName(options, context) });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

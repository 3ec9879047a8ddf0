import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("check", { name: "template-name", summary: "Texts no longer than so many characters", options: templateNameOptions, create: async (options) => (await import("./template-name.js")).createTemplateName(options) });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

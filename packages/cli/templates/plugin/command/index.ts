import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("command", { name: "template-name", summary: "Prints the project's runs as CSV", options: templateNameOptions, create: async () => (await import("./template-name.js")).createTemplateName() });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

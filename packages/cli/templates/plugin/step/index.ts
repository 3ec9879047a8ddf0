import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { templateNameOptions } from "./template-name.options.js";

const templateName = defineExtension("step", { name: "template-name", summary: "Writes a sheet that describes the columns", options: templateNameOptions, create: async () => (await import("./template-name.js")).templateNameStep });

export default () => definePlugin({ name: "millrace-plugin-template-name", url: import.meta.url, extensions: [templateName] });

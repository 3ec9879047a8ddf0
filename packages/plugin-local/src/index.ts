import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { folderOptions } from "./folder.options.js";
import { inProcessOptions } from "./in-process.options.js";
import { sqliteOptions } from "./sqlite.options.js";
import { threadsOptions } from "./threads.options.js";

const sqlite = defineExtension("store", { name: "sqlite", summary: "Records in one SQLite file.", options: sqliteOptions, create: async (options, context) => (await import("./sqlite.js")).sqlite(options, context) });
const folder = defineExtension("artifacts", { name: "folder", summary: "Artifacts in a folder.", options: folderOptions, create: async (options, context) => (await import("./folder.js")).folder(options, context) });
const inProcess = defineExtension("executor", { name: "in-process", summary: "Tasks in this process.", options: inProcessOptions, create: async (options, context) => (await import("./in-process.js")).inProcess(options, context) });
const threads = defineExtension("executor", { name: "threads", summary: "Tasks in threads of this process.", options: threadsOptions, create: async (options, context) => (await import("./threads.js")).threads(options, context) });

/** The embedded defaults: a SQLite store, a folder of artifacts, executors in this process and its threads. */
export default () => definePlugin({ name: "@millrace/plugin-local", url: import.meta.url, extensions: [sqlite, folder, inProcess, threads], errors: async () => (await import("./error-codes.js")).ERROR_CODES });

import { defineExtension, definePlugin, type Frame, type Plugin } from "@millrace/core";
import { createInlineExecutor, createMemoryArtifacts, createMemorySource, createMemoryStore } from "@millrace/core/testkit";
import { z } from "zod";

const none = z.strictObject({});

/** The name under which each kind stands in the place of the config's own. */
export const MEMORY = "test-run";

/** Store, artifacts, executor and source of a project that leaves nothing behind; `frame` null: the config's own source is read. */
export function memoryPlugin(frame: Frame | null): Plugin {
  return definePlugin({
    name: "test-run",
    url: import.meta.url,
    extensions: [
      defineExtension("store", { name: MEMORY, summary: "Records in memory", options: none, create: () => createMemoryStore() }),
      defineExtension("artifacts", { name: MEMORY, summary: "Artifacts in memory", options: none, create: () => createMemoryArtifacts() }),
      defineExtension("executor", { name: MEMORY, summary: "One task after the other", options: none, create: (_, context) => createInlineExecutor((task, watch) => context.runTask(task, watch)) }),
      ...(frame === null ? [] : [defineExtension("source", { name: MEMORY, summary: "Rows at hand", options: none, create: () => createMemorySource({ rows: [frame] }) })]),
    ],
  });
}

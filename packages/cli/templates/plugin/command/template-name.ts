import { MillraceError, suggest, type Command, type Json, type Out } from "@millrace/core";
import type { Engine } from "@millrace/core/engine";
import type { templateNameOptions } from "./template-name.options.js";

const COLUMNS = ["run", "status", "models", "startedAt", "endedAt", "tasks", "seconds"] as const;

/** Prints the project's runs as CSV, the oldest first. */
export function createTemplateName(write: (text: string) => void = (text) => void process.stdout.write(text)): Command<Engine> {
  return {
    async run(options: Json, { store, config }: Engine, signal: AbortSignal) {
      const { model } = options as Out<typeof templateNameOptions>;
      const models = config.models.map(({ name }) => name);
      if (model !== undefined && !models.includes(model)) throw new MillraceError({ code: "MODEL_UNKNOWN", message: `The config has no model "${model}".`, mend: suggest(model, models) });
      write(`${COLUMNS.join(",")}\n`);
      for (const { id, value } of await store.find("run", { order: { member: "startedAt", direction: "ascending" }, limit: 1_000_000 })) {
        if (signal.aborted) return 130;
        if (model !== undefined && !value.models.includes(model)) continue;
        const seconds = value.tasks.reduce((sum, task) => sum + task.seconds, 0);
        write(`${[id, value.status, value.models.join(" "), value.startedAt, value.endedAt ?? "", value.tasks.length, seconds.toFixed(3)].join(",")}\n`);
      }
      return 0;
    },
  };
}

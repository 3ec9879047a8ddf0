import { resolve } from "node:path";
import { answerQuery, type Change, type Entities, type Entity, type Out, type PluginContext, type Query, type Store, type Stored } from "@millrace/core";
import { createJournal } from "./template-name-journal.js";
import type { templateNameOptions } from "./template-name.options.js";

/** How often a watcher looks for what other processes wrote, in milliseconds. */
const LOOK_MS = 20;

/** Records in one file that only grows: a line a commit. For projects whose records fit in memory. */
export function createTemplateName({ file }: Out<typeof templateNameOptions>, { folder }: Pick<PluginContext, "folder">): Store {
  const journal = createJournal(resolve(folder, file));
  const closing = new AbortController();
  return {
    async get<K extends Entity>(entity: K, id: string) {
      journal.refresh();
      return journal.get(entity, id) as Stored<Entities[K]> | null;
    },
    async find<K extends Entity>(entity: K, query: Query<Entities[K]>) {
      journal.refresh();
      return answerQuery(journal.all(entity) as readonly Stored<Entities[K]>[], query);
    },
    commit: (changes) => journal.commit(changes),
    watch(entities, signal) {
      journal.refresh();
      return watch(journal, entities, AbortSignal.any([signal, closing.signal]));
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
    },
  };
}

function watch(journal: ReturnType<typeof createJournal>, entities: readonly Entity[], signal: AbortSignal): AsyncIterable<Change> {
  const queue: Change[] = [];
  const forget = journal.listen((changes) => queue.push(...changes.filter(({ entity }) => entities.includes(entity))));
  if (signal.aborted) forget();
  else signal.addEventListener("abort", forget, { once: true });
  return (async function* () {
    try {
      while (!signal.aborted) {
        journal.refresh();
        while (queue.length > 0 && !signal.aborted) yield queue.shift()!;
        await pause(LOOK_MS, signal);
      }
    } finally {
      forget();
    }
  })();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done();
    }
  });
}

import assert from "node:assert/strict";
import type { Command } from "../../contracts/command.js";
import type { Json } from "../../contracts/json.js";
import type { Engine } from "../../engine/create-engine.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { frozen } from "../frozen.js";
import type { Law } from "../law.js";
import { within } from "../patience.js";
import { commandEngine, type CommandCase } from "./command-case.js";

interface Bench {
  readonly subject: CommandCase;
  readonly engine: Engine;
  /** Runs a command to its end, which for a service is when its signal fires. */
  end(command: Command<Engine>, engine?: Engine, options?: Json): Promise<number>;
}

/** All that a command promises, a sentence each. */
export const commandLaws: readonly Law<CommandCase>[] = [
  law("it ends with an exit code, a service when its signal fires", true, async ({ subject, end }) => {
    const code = await end(subject.create());
    assert.ok(Number.isInteger(code) && code >= 0 && code <= 255, `the exit code is ${code}`);
  }),
  law("a signal that has fired ends it", true, async ({ subject, engine }) => {
    const ended = Promise.resolve(subject.create().run(subject.options ?? {}, engine, AbortSignal.abort())).catch((error: unknown) => {
      if (!MillraceError.is(error, "RUN_INTERRUPTED")) throw error;
    });
    await within(subject.patienceMs ?? PATIENCE_MS, "the end", ended);
  }),
  law("called again, it ends the same", true, async ({ subject, end }) => {
    const command = subject.create();
    const first = await end(command);
    assert.equal(await end(command), first);
  }),
  law("its options are left as they were", true, async ({ subject, engine, end }) => {
    await end(subject.create(), engine, frozen(subject.options ?? {}));
  }),
  law("the project stays open, since others use it", true, async ({ subject, engine, end }) => {
    const closed: string[] = [];
    const store = { ...engine.store, [Symbol.asyncDispose]: async () => void closed.push("store") };
    await end(subject.create(), { ...engine, store, [Symbol.asyncDispose]: async () => void closed.push("engine") });
    assert.deepEqual(closed, [], `it closed the ${closed.join(" and the ")}`);
  }),
  law("where nothing has run yet, it ends too, or says what to do", false, async ({ subject, end }) => {
    const error = await end(subject.create()).then(() => null, (cause: unknown) => cause);
    assert.ok(error === null || MillraceError.is(error), `it fails with ${String(error)}`);
  }),
  law("what goes wrong is an error with its code and what to do", true, async ({ subject, engine, end }) => {
    if (typeof subject.fails === "string") return;
    const error = await end(subject.create(), engine, subject.fails.options).then(() => assert.fail("nothing went wrong"), (cause: unknown) => cause);
    assert.ok(MillraceError.is(error, subject.fails.code), `it fails with ${String(error)}`);
  }),
];

const PATIENCE_MS = 10_000;

function law(name: string, hasRun: boolean, check: (bench: Bench) => Promise<void>): Law<CommandCase> {
  return {
    name,
    async check(subject) {
      await using engine = await commandEngine(subject, hasRun);
      const end: Bench["end"] = async (command, given = engine, options = subject.options ?? {}) => {
        const stop = new AbortController();
        const ended = Promise.resolve(command.run(options, given, stop.signal));
        if (subject.isService === true) void turns(5).then(() => stop.abort());
        return within(subject.patienceMs ?? PATIENCE_MS, "the end", ended);
      };
      await check({ subject, engine, end });
    },
  };
}

/** Lets a service get to work. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

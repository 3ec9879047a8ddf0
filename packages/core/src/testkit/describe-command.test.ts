import { expect, test } from "vitest";
import type { Command } from "../contracts/command.js";
import type { Engine } from "../engine/create-engine.js";
import { MillraceError } from "../errors/millrace-error.js";
import type { CommandCase } from "./command/command-case.js";
import { commandLaws } from "./command/command-laws.js";
import { describeCommand } from "./describe-command.js";
import { brokenLaws } from "./law.js";

type Run = Command<Engine>["run"];

/** Waits for its signal, where there is a run to wait beside. */
const honest: Run = async (options, engine, signal) => {
  const { from = null } = options as { readonly from?: string | null };
  if (from !== null && (await engine.store.get("run", from)) === null) throw new MillraceError({ code: "USAGE_RUN", message: `There is no run "${from}".`, mend: "Name one that is there." });
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  return (await engine.store.find("run", {})).length === 0 ? 1 : 0;
};

const subject: CommandCase = { create: () => ({ run: honest }), isService: true, fails: { options: { from: "no such run" }, code: "USAGE_RUN" }, patienceMs: 500 };
const mutant = (run: Run): Partial<CommandCase> => ({ create: () => ({ run }) });

/** For each law, what only that law catches. */
const mutants: Record<string, Partial<CommandCase>> = {
  "it ends with an exit code, a service when its signal fires": mutant(async (...call) => (await honest(...call), 256)),
  "a signal that has fired ends it": mutant((options, engine, signal) => (signal.aborted ? new Promise<number>(() => {}) : honest(options, engine, signal))),
  "called again, it ends the same": {
    create() {
      let calls = 0;
      return { run: async (...call) => (await honest(...call)) + Math.min(calls++, 1) };
    },
  },
  "its options are left as they were": mutant((options, ...rest) => honest(Object.assign(options as object, { seen: true }) as never, ...rest)),
  "the project stays open, since others use it": mutant(async (options, engine, signal) => {
    const code = await honest(options, engine, signal);
    await engine[Symbol.asyncDispose]();
    return code;
  }),
  "where nothing has run yet, it ends too, or says what to do": mutant(async (options, engine, signal) => {
    const [newest] = await engine.store.find("run", {});
    return newest!.value.status === "failed" ? 1 : honest(options, engine, signal);
  }),
  "what goes wrong is an error with its code and what to do": mutant((...call) => honest(...call).catch(() => 1)),
};

describeCommand({ name: "wait", ...subject });
describeCommand({ name: "count", create: () => ({ run: async (_, { store }) => (await store.find("run", {})).length }), fails: "It only counts." });

test("every law has a mutant", () => {
  expect(Object.keys(mutants)).toEqual(commandLaws.map(({ name }) => name));
});

test.each(Object.keys(mutants))("a mutant breaks this law alone: %s", async (name) => {
  expect(await brokenLaws(commandLaws, { ...subject, ...mutants[name] })).toEqual([name]);
});

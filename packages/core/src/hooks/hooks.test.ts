import { describe, expect, it, vi } from "vitest";
import type { TaskOutcome } from "../contracts/entities.js";
import type { Hooks } from "../contracts/hooks.js";
import type { PluginContext } from "../contracts/plugin.js";
import type { PlannedTask } from "../contracts/task.js";
import { definePlugin } from "../plugin/plugin.js";
import { ask, notify, shape } from "./call.js";
import { createHooks } from "./create-hooks.js";
import { bareHooks, HOOK_ROLES } from "./hooks.js";

const outcome = { task: "m/train", step: "train" } as TaskOutcome;

function hooksOf(applies: Readonly<Record<string, (hooks: Hooks) => void>>): { hooks: Hooks; error: ReturnType<typeof vi.fn> } {
  const error = vi.fn();
  const context = { folder: "/p", log: { info() {}, warn() {}, debug() {}, error } } as unknown as PluginContext;
  const plugins = Object.entries(applies).map(([name, apply]) => definePlugin({ name, version: "1", url: import.meta.url, apply }));
  return { hooks: createHooks(plugins, context), error };
}

describe("the hooks", () => {
  it("have a role each, in the order in which they fire", () => expect(Object.keys(bareHooks())).toEqual(Object.keys(HOOK_ROLES)));

  it("cost nothing when idle", () => {
    const { hooks } = hooksOf({});
    const build = vi.fn();
    expect(notify(hooks.taskEnded, build)).toBeUndefined();
    expect(ask(hooks.reuse, build)).toBeUndefined();
    const plan = { tasks: [] };
    expect(shape(hooks.plan, plan)).toBe(plan);
    expect(build).not.toHaveBeenCalled();
  });

  it("let shapers change a value in the order of the plugins", async () => {
    const { hooks } = hooksOf({
      a: (on) => on.config.tap("a", (config) => ({ ...(config as object), by: ["a"] })),
      b: (on) => on.config.tapPromise("b", async (config) => ({ by: [...(config as { by: string[] }).by, "b"] })),
      c: (on) => on.config.tap({ name: "c", before: "b" }, (config) => ({ by: [...(config as { by: string[] }).by, "c"] })),
    });
    expect(await shape(hooks.config, {})).toEqual({ by: ["a", "c", "b"] });
  });

  it("take the first answer", async () => {
    const { hooks } = hooksOf({ a: (on) => on.reuse.tap("a", () => undefined), b: (on) => on.reuse.tap("b", () => false), c: (on) => on.reuse.tap("c", () => expect.fail("asked")) });
    expect(await ask(hooks.reuse, () => [{} as PlannedTask, {} as never])).toBe(false);
  });

  it.each([
    ["tap", (on: Hooks) => on.plan.tap("bad", () => { throw new Error("no"); })],
    ["tapPromise", (on: Hooks) => on.plan.tapPromise("bad", async () => { throw new Error("no"); })],
    ["tapAsync", (on: Hooks) => on.plan.tapAsync("bad", (_plan, done) => done(new Error("no")))],
    ["tapAsync that throws", (on: Hooks) => on.plan.tapAsync("bad", () => { throw new Error("no"); })],
  ])("fail the run where a shaper fails, by name (%s)", async (_, apply) => {
    const { hooks } = hooksOf({ bad: apply });
    await expect(Promise.resolve(shape(hooks.plan, { tasks: [] }))).rejects.toMatchObject({ code: "HOOK_FAILED", message: 'Plugin "bad", hook "plan": no', cause: expect.objectContaining({ message: "no" }), facts: { plugin: "bad", hook: "plan", durationMs: expect.any(Number) } });
  });

  it.each([
    ["tap", (on: Hooks) => on.taskEnded.tap("bad", () => { throw new Error("no"); })],
    ["tapPromise", (on: Hooks) => on.taskEnded.tapPromise("bad", async () => { throw new Error("no"); })],
    ["tapAsync", (on: Hooks) => on.taskEnded.tapAsync("bad", (_outcome, done) => done(new Error("no")))],
  ])("log an observer that fails, and run the others (%s)", async (_, apply) => {
    const seen = vi.fn();
    const { hooks, error } = hooksOf({ bad: apply, good: (on) => on.taskEnded.tap("good", seen) });
    await notify(hooks.taskEnded, () => [outcome]);
    expect(seen).toHaveBeenCalledWith(outcome);
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ plugin: "bad", hook: "taskEnded", task: "m/train" }), 'Plugin "bad", hook "taskEnded", task "m/train": no');
  });

  it("give observers values that they cannot change", async () => {
    const { hooks, error } = hooksOf({ bad: (on) => on.taskEnded.tap("bad", (given) => void ((given as { step: string }).step = "mine")) });
    await notify(hooks.taskEnded, () => [{ ...outcome }]);
    expect(error).toHaveBeenCalledOnce();
  });

  it.each([
    ["a name that has not tapped", { before: "nobody" }, /Leave "before" out/],
    ["a stage that is no number", { stage: "early" as unknown as number }, /finite number/],
  ])("refuse %s", (_, order, mend) => {
    expect(() => hooksOf({ a: (on) => on.plan.tap({ name: "a", ...order }, (plan) => plan) })).toThrow(expect.objectContaining({ code: "HOOK_UNKNOWN_BEFORE", mend: expect.stringMatching(mend) }));
  });

  it("name the nearest of those that have tapped", () => {
    expect(() => hooksOf({ first: (on) => on.plan.tap("first", (plan) => plan), second: (on) => on.plan.tap({ name: "second", before: "frist" }, (plan) => plan) })).toThrow(expect.objectContaining({ mend: expect.stringContaining('"first"') }));
  });

  it("name the plugin whose apply fails", () => {
    expect(() => hooksOf({ bad: () => { throw new TypeError("no such hook"); } })).toThrow(expect.objectContaining({ code: "PLUGIN_APPLY", message: 'Plugin "bad" failed to apply its hooks: no such hook' }));
  });
});

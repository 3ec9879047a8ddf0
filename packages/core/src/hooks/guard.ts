import type { Hooks } from "../contracts/hooks.js";
import type { Log } from "../contracts/plugin.js";
import { MillraceError } from "../errors/millrace-error.js";
import { suggest } from "../errors/nearest.js";
import { HOOK_ROLES, type HookName } from "./hooks.js";
import type { TapOwner } from "./tap-owner.js";

type Tapped = (...args: unknown[]) => unknown;
type Done = (error?: unknown, result?: unknown) => void;

/** What tapable hands to an interceptor; `before` may be one name or several. */
interface FullTap {
  readonly type: "sync" | "async" | "promise";
  readonly name: string;
  readonly stage?: unknown;
  readonly before?: unknown;
  readonly fn: Tapped;
}

interface GuardedHook {
  readonly taps: readonly { readonly name: string }[];
  intercept(interceptor: { register(tap: FullTap): FullTap }): void;
}

/** The task that a hook's first argument is about: a planned task has an id, an outcome names its task. */
function taskOf(argument: unknown): string | null {
  const about = argument as { readonly id?: unknown; readonly step?: unknown; readonly task?: unknown } | null;
  if (typeof about !== "object" || about === null) return null;
  if (typeof about.task === "string") return about.task;
  return typeof about.id === "string" && typeof about.step === "string" ? about.id : null;
}

function failure(plugin: string, hook: HookName, args: readonly unknown[], started: number, cause: unknown): MillraceError {
  const task = taskOf(args[0]);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MillraceError({
    code: "HOOK_FAILED",
    message: `Plugin "${plugin}", hook "${hook}"${task === null ? "" : `, task "${task}"`}: ${reason}`,
    mend: MillraceError.is(cause) ? cause.mend : `Mend the tap of plugin "${plugin}" on hook "${hook}", or take the plugin out of the config.`,
    cause,
    facts: { plugin, hook, task, durationMs: Math.round(performance.now() - started) },
  });
}

/** tapable ignores what it does not know; here it is refused. */
function refuseUnknownOrder(tap: FullTap, plugin: string, hook: HookName, taps: readonly string[]): void {
  const named = Array.isArray(tap.before) ? tap.before : tap.before === undefined ? [] : [tap.before];
  for (const name of named) {
    if (typeof name === "string" && taps.includes(name)) continue;
    throw new MillraceError({
      code: "HOOK_UNKNOWN_BEFORE",
      message: `Plugin "${plugin}" taps hook "${hook}" before "${String(name)}", which has not tapped it.`,
      mend: taps.length === 0 ? `Leave "before" out: nothing has tapped "${hook}" yet.` : `${suggest(String(name), taps)} A plugin can only stand before one that the config names earlier.`,
      facts: { plugin, hook, before: name, taps },
    });
  }
  if (tap.stage === undefined || (typeof tap.stage === "number" && Number.isFinite(tap.stage))) return;
  throw new MillraceError({
    code: "HOOK_UNKNOWN_BEFORE",
    message: `Plugin "${plugin}" taps hook "${hook}" at stage ${JSON.stringify(tap.stage)}.`,
    mend: 'Give "stage" as a finite number: 0 by default, smaller is earlier.',
    facts: { plugin, hook, stage: tap.stage },
  });
}

/** The tap with every failure stamped; of an observer it goes to `fail` and is swallowed, of a shaper it is thrown. */
function guarded(tap: FullTap, fail: (args: readonly unknown[], started: number, cause: unknown) => unknown): Tapped {
  if (tap.type === "sync") {
    return (...args) => {
      const started = performance.now();
      try {
        return tap.fn(...args);
      } catch (cause) {
        return fail(args, started, cause);
      }
    };
  }
  if (tap.type === "promise") {
    return async (...args) => {
      const started = performance.now();
      try {
        return await tap.fn(...args);
      } catch (cause) {
        return fail(args, started, cause);
      }
    };
  }
  return (...all) => {
    const started = performance.now();
    const args = all.slice(0, -1);
    const done = all.at(-1) as Done;
    const settle = (cause: unknown): void => {
      try {
        done(null, fail(args, started, cause));
      } catch (stamped) {
        done(stamped);
      }
    };
    try {
      tap.fn(...args, ((error, result) => (error ? settle(error) : done(null, result))) satisfies Done);
    } catch (cause) {
      settle(cause);
    }
  };
}

/**
 * Wraps every tap that is registered from now on: an order that names nobody is refused (HOOK_UNKNOWN_BEFORE), and a failure carries
 * plugin, hook, task and duration (HOOK_FAILED). An observer that fails is logged, and the others still run.
 */
export function guardHooks(hooks: Hooks, owner: TapOwner, log: Log): void {
  for (const name of Object.keys(HOOK_ROLES) as HookName[]) {
    const hook = hooks[name] as unknown as GuardedHook;
    hook.intercept({
      register(tap) {
        const plugin = owner.current ?? tap.name;
        refuseUnknownOrder(
          tap,
          plugin,
          name,
          hook.taps.map((other) => other.name),
        );
        const fail = (args: readonly unknown[], started: number, cause: unknown): undefined => {
          const error = failure(plugin, name, args, started, cause);
          if (HOOK_ROLES[name] === "shaper") throw error;
          log.error({ ...error.facts, err: cause }, error.message);
        };
        return { ...tap, fn: guarded(tap, fail) };
      },
    });
  }
}

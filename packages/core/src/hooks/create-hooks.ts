import type { Hooks } from "../contracts/hooks.js";
import type { Plugin, PluginContext } from "../contracts/plugin.js";
import { MillraceError } from "../errors/millrace-error.js";
import { guardHooks } from "./guard.js";
import { bareHooks } from "./hooks.js";
import type { TapOwner } from "./tap-owner.js";

/** The lifecycle hooks, guarded, with the taps of all plugins, in the order of the config. Throws HOOK_UNKNOWN_BEFORE and PLUGIN_APPLY. */
export function createHooks(plugins: readonly Plugin[], context: PluginContext): Hooks {
  const hooks = bareHooks();
  const owner: TapOwner = { current: null };
  guardHooks(hooks, owner, context.log);
  for (const plugin of plugins) {
    const name = String(plugin.name);
    owner.current = name;
    try {
      plugin.apply(hooks, context);
    } catch (cause) {
      if (MillraceError.is(cause)) throw cause;
      throw new MillraceError({
        code: "PLUGIN_APPLY",
        message: `Plugin "${name}" failed to apply its hooks: ${cause instanceof Error ? cause.message : String(cause)}`,
        mend: `Mend the apply() of plugin "${name}", or take the plugin out of the config.`,
        cause,
        facts: { plugin: name },
      });
    } finally {
      owner.current = null;
    }
  }
  return hooks;
}

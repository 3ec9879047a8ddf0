import type { Json } from "./json.js";

/** A CLI command of a plugin. Returns the exit code; a service returns when its signal fires. */
export interface Command<Engine = unknown> {
  run(options: Json, engine: Engine, signal: AbortSignal): Promise<number>;
}

import { EXIT } from "./exit-code.js";
import type { Terminal } from "./terminal.js";

/** A signal that fires with the first Ctrl-C (or SIGTERM); the second exits at once. Disposing of it takes the handlers away. */
export function interruption(terminal: Terminal): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    terminal.err(`\n${name === "SIGINT" ? "Ctrl-C" : name}: stopping; what has finished is kept. Once more exits at once.\n`);
    controller.abort(new Error(name));
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}

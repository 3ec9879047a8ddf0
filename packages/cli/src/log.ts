import { createRequire } from "node:module";
import type { Log } from "@millrace/core";
import { styled } from "./print/style.js";
import type { Terminal } from "./terminal.js";

type Level = keyof Log;

const COLOURS = { debug: "dim", info: "cyan", warn: "yellow", error: "red" } as const;

/** A line for people. */
function prettyLog(terminal: Terminal, levels: readonly Level[]): Log {
  const write = (level: Level) => (facts: object, message: string) => {
    if (!levels.includes(level)) return;
    const { err, ...rest } = facts as { readonly err?: unknown };
    const stack = levels.includes("debug") && err instanceof Error ? `\n${err.stack}` : "";
    terminal.err(`${styled(COLOURS[level], level)}: ${message}${Object.keys(rest).length === 0 ? "" : styled("dim", ` ${JSON.stringify(rest)}`)}${stack}\n`);
  };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

/** JSON lines on the error stream, by pino, which loads with the first line. */
function pinoLog(level: Level): Log {
  let made: Log | null = null;
  const log = (): Log => {
    const pino = createRequire(import.meta.url)("pino") as typeof import("pino");
    return (made ??= pino.pino({ level, base: null }, pino.destination({ fd: 2, sync: true })));
  };
  return {
    debug: (facts, message) => (level === "debug" ? log().debug(facts, message) : undefined),
    info: (facts, message) => (level === "debug" ? log().info(facts, message) : undefined),
    warn: (facts, message) => log().warn(facts, message),
    error: (facts, message) => log().error(facts, message),
  };
}

/** Pretty on a terminal, JSON otherwise; warnings and errors, with `debug` everything. */
export function createLog(terminal: Terminal, debug: boolean): Log {
  if (terminal.isInteractive) return prettyLog(terminal, debug ? ["debug", "info", "warn", "error"] : ["warn", "error"]);
  return pinoLog(debug ? "debug" : "warn");
}

import type { Log } from "@millrace/core";
import { pino } from "pino";

/** Lines of JSON on the error stream, so that what the command prints stays alone on the output. No line holds a row, a value or a key. */
export function createServerLog(level: "debug" | "info"): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: false }));
}

import type { EventEmitter } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Recoverable, start, type REPLServer } from "node:repl";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { callbackify, inspect, types } from "node:util";
import type { Context } from "node:vm";
import { MillraceError } from "@millrace/core";
import { count } from "../print/number.js";
import { errorText } from "../print/error.js";
import { styled } from "../print/style.js";
import type { ConsoleValues } from "./console-values.js";
import { shown } from "./shown.js";

export interface ConsoleStreams {
  readonly input: Readable;
  readonly output: Writable;
  /** Lines can be edited, and are kept below the project's state. */
  readonly isTerminal: boolean;
  /** Errors have their stack. */
  readonly isDebug: boolean;
}

/** The lines of a console, below the project's state folder. */
export const HISTORY = "console-history";

/** A REPL of Node with the project's values; promises are awaited. Resolves when it is left, with whether a line failed. */
export async function startConsole(values: ConsoleValues, home: string, { input, output, isTerminal, isDebug }: ConsoleStreams): Promise<{ readonly failed: boolean }> {
  let failed = false;
  const onError = (): void => void (failed = true);
  const lines = isTerminal ? null : oneByOne(input);
  const server = start({ prompt: isTerminal ? "millrace> " : "", input: lines?.stream ?? input, output, terminal: isTerminal, useGlobal: false, ignoreUndefined: true, writer: (value) => (isError(value) ? thrownText(value, isDebug) : shown(value)) });
  const ended = new Promise<void>((resolve) => server.once("exit", resolve));
  for (const [name, value] of Object.entries(values)) Object.defineProperty(server.context, name, { value, enumerable: true, configurable: true, writable: true });
  awaitResults(server, output, isDebug, onError);
  onThrown(server, onError);
  defineSql(server, values, output, isDebug, onError);
  if (lines !== null) server.displayPrompt = lines.next;
  if (isTerminal) await keepHistory(server, home);
  lines?.next();
  await ended;
  return { failed };
}

/** A stream of lines that gives the next one when it is asked for: a REPL takes the next line of a pipe though the one before still waits. */
function oneByOne(input: Readable): { readonly stream: PassThrough; readonly next: () => void } {
  const stream = new PassThrough();
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  const next = (): void =>
    void lines.next().then(({ done, value }) => {
      if (done === true) stream.end();
      else stream.write(`${value}\n`);
    });
  return { stream, next };
}

/** Waits for what a line returns before it is printed; Millrace's own errors are told as the command tells them. */
function awaitResults(server: REPLServer, output: Writable, isDebug: boolean, onError: () => void): void {
  const evaluate = server.eval;
  const evaluated = (code: string, context: Context, file: string): Promise<unknown> => new Promise((resolve, reject) => evaluate.call(server, code, context, file, (error, result: unknown) => (error === null ? resolve(result) : reject(error))));
  const awaiting = async (code: string, context: Context, file: string): Promise<unknown> => {
    try {
      return await evaluated(code, context, file);
    } catch (error) {
      if (!(error instanceof Recoverable)) onError();
      if (!MillraceError.is(error)) throw error;
      output.write(errorText(error, isDebug));
      return undefined;
    }
  };
  Object.assign(server, { eval: callbackify(awaiting) });
}

/** What a line throws by itself, or below its own `await`, Node's REPL tells to its domain, not to whoever asked it to evaluate the line. */
function onThrown(server: REPLServer, onError: () => void): void {
  (server as REPLServer & { readonly _domain?: EventEmitter })._domain?.prependListener("error", onError);
}

/** Of another realm too: a line is evaluated in a context of its own. */
const isError = (value: unknown): value is Error => types.isNativeError(value);

function thrownText(error: Error, isDebug: boolean): string {
  return MillraceError.is(error) ? errorText(error, isDebug).trimEnd() : isDebug ? inspect(error) : `${error.name}: ${error.message}`;
}

/** `.sql SELECT ...`, without quotes. */
function defineSql(server: REPLServer, { sql }: ConsoleValues, output: Writable, isDebug: boolean, onError: () => void): void {
  server.defineCommand("sql", {
    help: "Answer a SELECT over the frames",
    async action(query) {
      try {
        output.write(`${shown(await sql(query))}\n`);
      } catch (error) {
        onError();
        output.write(errorText(error, isDebug));
      }
      this.displayPrompt();
    },
  });
}

async function keepHistory(server: REPLServer, home: string): Promise<void> {
  await mkdir(home, { recursive: true });
  await new Promise<void>((resolve, reject) => server.setupHistory(join(home, HISTORY), (error) => (error === null ? resolve() : reject(error))));
}

/** What can be done, in a few lines. */
export function greeting({ frames, config: { project, models } }: ConsoleValues): string {
  const tables = frames.length === 0 ? "no frames yet: `millrace run` reads them" : `frames ${frames.map(({ table, rows }) => `${table} (${count(rows)} rows)`).join(", ")}`;
  const model = models[0]?.name ?? "model";
  const table = frames[0]?.table ?? "table";
  const lines = [`.sql SELECT "$part", count(*) FROM ${table} GROUP BY ALL`, `rows = await sql("SELECT * FROM ${table} LIMIT 3")`, `frame("${model}")`, `predict("${model}@champion", rows)`, `model("${model}@champion")`, "config, store, artifacts", ".help, .exit"];
  return `${styled("bold", project)}: ${tables}\n${lines.map((line) => `  ${styled("cyan", line)}\n`).join("")}`;
}

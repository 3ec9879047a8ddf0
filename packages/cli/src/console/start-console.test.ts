import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { MillraceError } from "@millrace/core";
import { expect, it, onTestFinished, vi } from "vitest";
import type { ConsoleValues } from "./console-values.js";
import { HISTORY, startConsole } from "./start-console.js";

const VALUES = {
  frames: [{ table: "birds", rows: 3, run: "r" }],
  sql: async (query: string) => (await setImmediate(), [{ query, rows: 3 }]),
  model: (ref: string) => Promise.reject(new MillraceError({ code: "MODEL_NOT_FOUND", message: `No model ${ref}.`, mend: "Run it." })),
} as unknown as ConsoleValues;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "millrace-console-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** What a console prints for these lines. */
async function answers(lines: string, isDebug = false): Promise<{ readonly text: string; readonly failed: boolean }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let text = "";
  output.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const console = startConsole(VALUES, folder(), { input, output, isTerminal: false, isDebug });
  input.end(lines);
  return { ...(await console), text };
}

it("waits for what a line returns before it takes the next one, and keeps what was declared", async () => {
  const { text, failed } = await answers('const rows = await sql("SELECT 1");\nrows.length\nsql("SELECT 2")\n"last"\n');
  expect(text.split("\n").map((line) => line.trim())).toEqual(["1", "query     rows", "SELECT 2     3", "1 row", "'last'", ""]);
  expect(failed).toBe(false);
});

it("takes SQL without quotes, and code over several lines", async () => {
  expect((await answers(".sql SELECT 7\n")).text).toContain("SELECT 7");
  expect((await answers("[1,\n2].map((x) =>\nx * 2)\n")).text).toBe("[ 2, 4 ]\n");
});

const WRONG = ['model("x@1")', 'await model("x@1")', "nothing", "1 +* 1", 'await Promise.reject(new TypeError("no"))', "Promise.reject(new RangeError('far'))"];

it.each(WRONG)("tells what is wrong with %s without a stack, goes on, and says that something failed", async (line) => {
  const { text, failed } = await answers(`${line}\n1 + 1\n`);
  if (line.includes("model")) expect(text).toContain("error MODEL_NOT_FOUND: No model x@1.\nmend: Run it.\n");
  else expect(text).toMatch(/(ReferenceError: nothing is not defined|SyntaxError: Unexpected token|TypeError: no|RangeError: far)/);
  expect(text).not.toMatch(/^ +at /m);
  expect(text.trimEnd().endsWith("\n2")).toBe(true);
  expect(failed).toBe(true);
});

it("shows stacks where it is told to", async () => {
  for (const line of ["nothing", 'model("x@1")']) expect((await answers(`${line}\n`, true)).text).toMatch(/^ +at /m);
});

it("keeps the lines of a terminal below the project's state", async () => {
  const home = join(folder(), ".millrace");
  const [input, output] = [new PassThrough(), new PassThrough()];
  output.resume();
  const console = startConsole(VALUES, home, { input, output, isTerminal: true, isDebug: false });
  // What is typed before the lines of earlier consoles were read is not kept: a person is slower.
  const typed = (): void => {
    input.write("1790 + 3\r");
    expect(readFileSync(join(home, HISTORY), "utf8")).toContain("1790 + 3");
  };
  await vi.waitFor(typed, 10_000);
  input.end();
  expect(await console).toEqual({ failed: false });
});

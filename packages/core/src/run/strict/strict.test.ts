import fs, { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { StepContext } from "../../contracts/step.js";
import type { Task } from "../../contracts/task.js";
import { strictly } from "./strictly.js";

const folder = mkdtempSync(join(tmpdir(), "millrace-strict-"));
const [rates, other] = [join(folder, "rates.csv"), join(folder, "other.csv")];
for (const file of [rates, other]) writeFileSync(file, "1,2\n");
afterAll(() => rmSync(folder, { recursive: true }));

const TASK = { id: "m/nosy" } as Task;
const artifacts = { get: () => bytesOf(rates) };
const CONTEXT = { artifacts, create: async (kind: string) => ({ kind, rows: () => bytesOf(rates), whole: () => readFile(rates) }) } as unknown as StepContext;

async function* bytesOf(file: string): AsyncGenerator<string> {
  yield await readFile(file, "utf8");
}

/** What a step's work is told of: `kind name`, sorted. */
async function reads(work: (context: StepContext) => unknown): Promise<readonly string[]> {
  try {
    await strictly(TASK, CONTEXT, () => "nosy", async (context) => void (await work(context)));
    return [];
  } catch (error) {
    const { code, facts } = error as { readonly code?: string; readonly facts?: { readonly reads: readonly { readonly kind: string; readonly name: string }[] } };
    if (code !== "STRICT_UNDECLARED") throw error;
    return facts!.reads.map(({ kind, name }) => `${kind} ${name}`).sort();
  }
}

const drain = async (chunks: unknown) => {
  for await (const _ of chunks as AsyncIterable<unknown>);
};

describe("a strict task", () => {
  it.each<readonly [string, (context: StepContext) => unknown, readonly string[]]>([
    ["nothing", () => 1, []],
    ["a variable", () => process.env["RATES"], ["environment RATES"]],
    ["whether a variable is there", () => "RATES" in process.env || Object.hasOwn(process.env, "OTHER"), ["environment OTHER", "environment RATES"]],
    ["all variables", () => ({ ...process.env }), ["environment *"]],
    ["a file", () => readFileSync(rates), [`file ${rates}`]],
    ["a file, by the module's object", () => fs.readFileSync(rates), [`file ${rates}`]],
    ["a file, later", async () => (await new Promise(setImmediate), await readFile(rates)), [`file ${rates}`]],
    ["a file, by a handle", async () => (await open(rates)).close(), [`file ${rates}`]],
    ["a file, by a callback", () => new Promise((resolve) => fs.readFile(new URL(`file://${rates}`), resolve)), [`file ${rates}`]],
    ["a file, by a stream", () => drain(createReadStream(rates)), [`file ${rates}`]],
    ["a folder", () => readdirSync(folder), [`file ${folder}`]],
    ["whether a file is there", () => fs.existsSync(rates), [`file ${rates}`]],
    ["of what size a file is", () => fs.statSync(rates).size, [`file ${rates}`]],
    ["of what size a file is, by a promise", async () => (await fs.promises.stat(rates)).size, [`file ${rates}`]],
    ["whether it may read a file", () => fs.promises.access(rates), [`file ${rates}`]],
    ["what a link is", () => [fs.lstatSync(rates), fs.realpathSync(other)], [`file ${other}`, `file ${rates}`]],
    ["what a link is, natively", () => fs.realpathSync.native(rates), [`file ${rates}`]],
    ["whether a folder is there that it made", () => (fs.mkdirSync(join(folder, "made"), { recursive: true }), fs.existsSync(join(folder, "made"))), []],
    ["two files and a variable", () => [readFileSync(rates), readFileSync(other), process.env["RATES"]], ["environment RATES", `file ${other}`, `file ${rates}`]],
    ["what it wrote", () => (writeFileSync(join(folder, "own"), "x"), readFileSync(join(folder, "own"))), []],
    ["an artifact", ({ artifacts }) => drain(artifacts.get("sha256:" as never)), []],
    ["a source's data", async ({ create }) => drain((await create("source", {} as never) as never as { rows(): unknown }).rows()), []],
    ["a source's data at once", async ({ create }) => (await create("source", {} as never) as never as { whole(): unknown }).whole(), []],
    ["a file in a transform", async ({ create }) => (await create("transform", {} as never) as never as { whole(): unknown }).whole(), [`file ${rates}`]],
    ["a package's file", () => fs.existsSync("/node_modules/x") || readdirSync(new URL("../../../node_modules", import.meta.url)), []],
  ])("that reads %s", async (_, work, expected) => {
    expect(await reads(work)).toEqual(expected);
  });

  it("names task, plugin, variable and file, and what to write", async () => {
    const failing = strictly(TASK, CONTEXT, () => "nosy", async () => [process.env["RATES"], readFileSync(rates)]);
    await expect(failing).rejects.toMatchObject({
      message: `The task "m/nosy" read what no key holds: the environment variable RATES (plugin "nosy"), the file ${rates} (plugin "nosy").`,
      mend: `Let the plugin take it as an option, and give that option in the config as "\${env:RATES}", { file: ${JSON.stringify(rates)} }; data belongs in a source.`,
    });
  });

  it("keeps its own error, and is not told of what another reads beside it", async () => {
    await expect(reads(() => Promise.reject(new Error("its own")))).rejects.toThrow("its own");
    const gate = deferred();
    const both = [reads(async () => (await gate.promise, process.env["ONE"])), reads(async () => void gate.resolve(undefined))];
    expect(await Promise.all(both)).toEqual([["environment ONE"], []]);
  });

  it("is not blamed for what Millrace itself reads", async () => {
    await expect(strictly(TASK, CONTEXT, () => null, async () => readFileSync(rates, "utf8"))).resolves.toBe("1,2\n");
  });

  it("leaves the environment and the file system as they were", async () => {
    const before = [process.env, fs.readFileSync, readFileSync, fs.promises.readFile];
    await reads(() => expect(fs.readFileSync).not.toBe(before[1]));
    expect([process.env, fs.readFileSync, readFileSync, fs.promises.readFile]).toEqual(before);
    expect(readFileSync).toBe(before[2]);
  });
});

function deferred(): { readonly promise: Promise<unknown>; resolve(value: unknown): void } {
  let resolve: (value: unknown) => void = () => {};
  const promise = new Promise<unknown>((settle) => (resolve = settle));
  return { promise, resolve: (value) => resolve(value) };
}

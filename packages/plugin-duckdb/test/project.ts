import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { concat, type Extension, type Frame, type Kinds, type Log, type PluginContext, type ReadRequest, type Source, toRows } from "@millrace/core";
import { onTestFinished } from "vitest";
import plugin from "../src/index.js";

const silent = (): void => {};
export const log: Log = { info: silent, warn: silent, error: silent, debug: silent };

/** A folder with files, as a config's folder is; gone when the test is done. */
export interface Project {
  readonly folder: string;
  readonly context: PluginContext;
  write(name: string, content: string | Uint8Array): void;
  /** A source or sink of the plugin, its options parsed. */
  create<K extends "source" | "sink">(kind: K, name: string, options: unknown): Promise<Kinds[K]>;
  remove(): void;
}

export function openProject(memoryBytes = 2 ** 30): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "millrace duckdb's ")));
  const runTask = (): never => {
    throw new Error("sources run no tasks");
  };
  const context: PluginContext = { folder, home: join(folder, ".millrace"), limits: { threads: 2, memoryBytes }, log, project: null, runTask };
  return {
    folder,
    context,
    write(name, content) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    },
    async create(kind, name, options) {
      const extension: Extension = plugin().extensions.find((each) => each.kind === kind && each.name === name)!;
      return (await extension.create(extension.options.parse(options), context)) as never;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A project for one test. */
export function testProject(files: Readonly<Record<string, string | Uint8Array>> = {}): Project {
  const project = openProject();
  onTestFinished(() => project.remove());
  for (const [name, content] of Object.entries(files)) project.write(name, content);
  return project;
}

export type Reading = Partial<Pick<ReadRequest, "columns" | "asOf" | "keys">>;

/** All batches of all partitions. */
export async function readFrames(source: Source, { columns = null, asOf = null, keys = null }: Reading = {}): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  for (const partition of await source.partitions()) for await (const batch of source.read({ partition, columns, asOf, keys }, new AbortController().signal)) frames.push(batch);
  return frames;
}

/** All rows as one frame. Fails where there is none. */
export async function readFrame(source: Source, reading: Reading = {}): Promise<Frame> {
  return concat((await readFrames(source, reading)) as [Frame, ...Frame[]]);
}

export async function readRows(source: Source, reading: Reading = {}): Promise<ReturnType<typeof toRows>> {
  return (await readFrames(source, reading)).flatMap((frame) => toRows(frame));
}

/** `name:dtype` of each field. */
export async function fieldTexts(source: Source): Promise<string[]> {
  return (await source.fields()).map(({ name, dtype, shape }) => `${name}:${dtype}${shape?.length ? `[${shape.join()}]` : ""}`);
}

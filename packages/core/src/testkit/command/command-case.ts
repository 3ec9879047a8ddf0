import type { Command } from "../../contracts/command.js";
import type { Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Plugin } from "../../contracts/plugin.js";
import type { ResolvedModel } from "../../contracts/resolved.js";
import type { Engine } from "../../engine/create-engine.js";
import { sampleFrame, sampleProject } from "../sample-project.js";
import { createMemoryDatabase } from "../memory-store.js";
import { createTestEngine, testMemory, type TestMemory } from "../test-engine.js";

export interface CommandCase {
  create(): Command<Engine>;
  /** As its schema gives them. Default: none. */
  readonly options?: Json;
  /** Whether it goes on until its signal fires. Default false. */
  readonly isService?: boolean;
  /** Options with which it cannot do its work, and the code of the error; or why nothing can go wrong, as a sentence. */
  readonly fails: { readonly options: Json; readonly code: string } | string;
  /** What is in the source, a partition each. Default: 120 rows of `x`, `city` and `y`. */
  readonly frames?: readonly Frame[];
  /** What is special of the project's model. Default: one that predicts `y` as the mean. */
  readonly model?: Partial<ResolvedModel>;
  /** Plugins whose extensions the model names. */
  readonly plugins?: readonly Plugin[];
  /** How long it may take to end. Default 10,000. */
  readonly patienceMs?: number;
}

/** A project on memory, with one model; `hasRun`: that is registered as `model@champion`. */
export async function commandEngine(subject: CommandCase, hasRun: boolean): Promise<Engine> {
  return engineOf(subject, hasRun ? await finished(subject) : testMemory());
}

function engineOf(subject: CommandCase, memory: TestMemory): Promise<Engine> {
  const { model, plugins } = sampleProject(subject.model);
  return createTestEngine({ frames: subject.frames ?? [sampleFrame(120)], plugins: [...plugins, ...(subject.plugins ?? [])], models: [model], memory });
}

/** What a run of the suite's own project leaves; every law gets a copy. */
let sample: Promise<TestMemory> | null = null;

async function finished(subject: CommandCase): Promise<TestMemory> {
  const { frames, model, plugins } = subject;
  if (frames !== undefined || model !== undefined || plugins !== undefined) return memoryOfRun(subject);
  const { database, bytes } = await (sample ??= memoryOfRun(subject));
  return { database: { ...createMemoryDatabase(), rows: new Map([...database.rows].map(([entity, rows]) => [entity, new Map(rows)])) }, bytes: new Map(bytes) };
}

async function memoryOfRun(subject: CommandCase): Promise<TestMemory> {
  const memory = testMemory();
  await using engine = await engineOf(subject, memory);
  const { error } = await engine.run();
  if (error !== null) throw error;
  return memory;
}

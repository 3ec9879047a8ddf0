import { z } from "zod";
import { BYTES } from "./bytes.js";
import { DURATION } from "./duration.js";
import { modelSchema, useSchema } from "./model-schema.js";
import { serverSchema } from "./server-schema.js";

export const limitsSchema = z.strictObject({
  memory: z.string().regex(BYTES, 'must be a size such as "3GiB"').optional().describe("Memory for everything together; by default what the machine or its cgroup gives."),
  threads: z.int().min(1).max(1024).optional().describe("Threads for everything together; by default what the machine or its cgroup gives."),
  taskTime: z
    .string()
    .regex(DURATION, 'must be a duration such as "15m"')
    .refine((text) => !/\d(?:mo|y)$/.test(text), "must not count months or years")
    .default("1h")
    .describe("Longest time of one task."),
  retries: z.int().min(0).max(20).default(1).describe("How often a task that failed by chance, as where its worker died, is tried again."),
});

const retained = (text: string) => z.string().regex(DURATION, 'must be a duration such as "180d"').default(text);

export const retentionSchema = z.strictObject({
  runs: retained("180d").describe("How long runs, the records of their tasks, their artifacts and their model versions are kept."),
  frames: retained("14d").describe("How long rows that were read are kept after a run used them last; a run that needs them again reads them again."),
  artifacts: z.string().regex(BYTES, 'must be a size such as "50GiB"').default("50GiB").describe("What all artifacts may take up together: beyond it, those that no model version needs go, the least lately used first."),
  keep: z.array(z.string()).default(["champion", "previous"]).describe("Aliases whose versions are kept with their runs, however old; `previous` is the version that each of them would roll back to. The files of a version that any alias points to are always kept."),
});

/** The file, once layers are merged, bare names made `{ use }`, and `plugins`, `extends` and `defaults` taken out and done. */
export const configSchema = z.strictObject({
  schema: z.literal(1).describe("Version of this file's schema: 1."),
  project: z.string().regex(/^[a-z][a-z0-9_-]*$/i, "must be letters, digits, - and _, and begin with a letter").describe("Name of the project."),
  env: z.array(z.string()).default([]).describe("Files of environment variables, in dotenv format, that may be missing; the environment itself wins."),
  store: useSchema.describe("Where records are kept."),
  artifacts: useSchema.describe("Where files are kept."),
  executor: useSchema.describe("Where tasks run."),
  runtime: useSchema.describe("What runs models: makes features, evaluates, certifies."),
  limits: limitsSchema.prefault({}).describe("One budget for everything."),
  server: serverSchema.prefault({}).describe("How models are served."),
  retention: retentionSchema.prefault({}).describe("What `millrace gc` keeps."),
  models: z
    .record(z.string().regex(/^[a-z][a-z0-9_-]*$/, "must be lower case letters, digits, - and _, and begin with a letter"), modelSchema)
    .describe("The models, by name."),
});

/** Keys that are read before the rest is parsed. */
export const PREAMBLE = ["plugins", "extends", "defaults", "$schema"] as const;

export type ParsedConfig = z.output<typeof configSchema>;

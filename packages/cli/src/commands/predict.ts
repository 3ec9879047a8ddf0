import { realpath } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { maskedError, MillraceError, toRows, type Batches, type Field, type Source } from "@millrace/core";
import { createExtension, personalColumns, type Engine } from "@millrace/core/engine";
import { loadModel, type LoadedModel } from "@millrace/core/model";
import { defineSpec, type Call } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { sinkOf, sourceOf } from "../file-formats.js";
import { interruption } from "../interruption.js";
import { openParts } from "../predict/prediction-parts.js";
import { jobOf, predictions } from "../predict/predictions.js";
import { rowProgress } from "../predict/row-progress.js";
import { jsonLine } from "../print/json.js";
import { count } from "../print/number.js";
import { openProject } from "../project.js";

/**
 * Opens a file so that its columns have the types that the model takes, where the format leaves them to be found out. Numbers stay
 * float64 where the model rounds them to float32: they come out as they went in.
 */
async function openFile(engine: Engine, file: string, inputs: readonly Field[]): Promise<Source> {
  const { registry, context } = engine;
  const found = await (await createExtension(registry, sourceOf(file, {}), context)).fields();
  const isOther = ({ name, dtype }: Field) => found.some((field) => field.name === name && field.dtype !== dtype && !(field.dtype === "float64" && dtype === "float32"));
  const types = Object.fromEntries(inputs.filter(isOther).map(({ name, dtype }) => [name, dtype]));
  return createExtension(registry, sourceOf(file, types), context);
}

/** Throws USAGE_ARGUMENT where both names lead to one file, through links too. */
async function checkApart(input: string, output: string): Promise<void> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  if ((await real(input)) !== (await real(output))) return;
  throw new MillraceError({ code: "USAGE_ARGUMENT", message: `--in and --out are one file, ${input}.`, mend: "Name another file with --out: predictions are never written over the rows they are for.", facts: { file: input } });
}

/** Rows as JSON, one a line. */
async function print(batches: Batches, { terminal }: Call): Promise<void> {
  for await (const batch of batches) terminal.out(toRows(batch).map(jsonLine).join(""));
}

const ARGS = {
  model: { type: "positional", required: true, description: "A version: delays, delays@3, delays@champion.", valueHint: "model" },
  in: { type: "string", required: true, description: "File of rows: .csv, .parquet, .json, .jsonl, .ndjson.", valueHint: "file" },
  prefix: { type: "string", description: "Text before the names of the predictions' columns, where the file has columns of these names.", valueHint: "text" },
  out: { type: "string", description: "File to write, in the format that its name tells. Default: JSON rows on the output.", valueHint: "file" },
} as const;

type PredictCall = Call<typeof ARGS>;

/** Predicts for the rows of a file, onto the output or into another file. */
async function answer(input: string, model: LoadedModel, engine: Engine, call: PredictCall, signal: AbortSignal): Promise<void> {
  const { args, terminal, folder } = call;
  const source = await openFile(engine, input, model.signature.inputs);
  const progress = rowProgress(terminal);
  const predicting = { source, model, prefix: args.prefix ?? "", signal, progress };
  if (args.out === undefined) return print(predictions({ ...predicting, parts: null }), call);
  const file = resolve(folder, args.out);
  const sink = await createExtension(engine.registry, sinkOf(file), engine.context);
  const parts = await openParts(engine.config.home, file, await jobOf(source, model));
  const { rows } = await sink.write("predictions", predictions({ ...predicting, parts }), signal);
  progress.end();
  await parts.remove();
  const { model: name, version } = model.version;
  terminal.out(args.json ? jsonLine({ model: name, version, rows, file }) : `${name}@${version}: ${count(rows)} rows to ${relative(folder, file)}\n`);
}

export default defineSpec({
  summary: "Predicts for a file of rows: the same columns come out, with the predictions beside them. A column of the file is never written over.",
  examples: [
    ["millrace predict delays@champion --in flights.csv --out predicted.parquet", "a file in, a file out"],
    ["millrace predict delays@3 --in flights.parquet | head", "JSON rows on the output"],
    ["millrace predict delays --in predicted.parquet --prefix new_", "beside predictions that the file holds already"],
  ],
  args: ARGS,
  async run(call) {
    const { args, terminal, folder } = call;
    const input = resolve(folder, args.in);
    if (args.out !== undefined) await checkApart(input, resolve(folder, args.out));
    using interrupted = interruption(terminal);
    await using engine = await openProject(call);
    const runtime = await createExtension(engine.registry, engine.config.runtime, engine.context);
    await using model = await loadModel(args.model, { store: engine.store, artifacts: engine.artifacts, runtime });
    try {
      await answer(input, model, engine, call, interrupted.signal);
    } catch (error) {
      throw maskedError(error, await personalColumns(engine.artifacts, model.version));
    }
    return EXIT.ok;
  },
});

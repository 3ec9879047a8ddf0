import { realpath } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { maskedError, MillraceError, suggest, toRows, type Batches, type Field } from "@millrace/core";
import { createExtension, personalColumns, type Engine } from "@millrace/core/engine";
import { loadModel, type LoadedModel } from "@millrace/core/model";
import type { Policy } from "@millrace/plugin-serve";
import { defineSpec, type Call } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { sinkOf } from "../file-formats.js";
import { interruption } from "../interruption.js";
import { requireColumns } from "../predict/file-columns.js";
import { checkRows, policyOf } from "../predict/input-checks.js";
import { misfitLedger, misfitText } from "../predict/misfit-ledger.js";
import { openFile } from "../predict/open-file.js";
import { openParts } from "../predict/prediction-parts.js";
import { jobOf, predictions } from "../predict/predictions.js";
import { NO_PROGRESS, rowProgress } from "../predict/row-progress.js";
import { jsonLine } from "../print/json.js";
import { count } from "../print/number.js";
import { openProject } from "../project.js";

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
  misfits: { type: "string", description: "What happens to a value of another type, outside the range of training or not seen in it: refuse, missing (the model sees none) or flag. The config's server.inputs goes before it, by column. Default: other types are refused, ranges flagged, and unseen texts pass. Columns in which other types may pass come out as text.", valueHint: "policy" },
  flags: { type: "string", description: "Column to write, beside the predictions, with what did not fit in each row.", valueHint: "column" },
} as const;

type PredictCall = Call<typeof ARGS>;

const POLICIES: readonly string[] = ["refuse", "missing", "flag"] satisfies readonly Policy[];

function policies(server: Engine["config"]["server"], misfits: string | undefined): (column: string) => Policy | null {
  if (misfits !== undefined && !POLICIES.includes(misfits))
    throw new MillraceError({ code: "USAGE_ARGUMENT", message: `--misfits knows no "${misfits}".`, mend: `${suggest(misfits, POLICIES)} Or see: millrace predict --help` });
  return policyOf(server.inputs, (misfits ?? null) as Policy | null);
}

/** Throws USAGE_ARGUMENT where the column of flags would be one of those that are written anyway. */
function checkFlags(flags: string | undefined, prefix: string, names: readonly string[], outputs: readonly Field[]): void {
  if (flags === undefined || ![...names, ...outputs.map(({ name }) => `${prefix}${name}`)].includes(flags)) return;
  throw new MillraceError({ code: "USAGE_ARGUMENT", message: `--flags names "${flags}", which is a column already.`, mend: `Give it another name, for example: --flags ${flags}_flags` });
}

/** Predicts for the rows of a file, onto the output or into another file. */
async function answer(input: string, { model, engine, pii }: Opened, call: PredictCall, signal: AbortSignal): Promise<void> {
  const { args, terminal, folder } = call;
  const { inputs, outputs } = model.signature;
  const prefix = args.prefix ?? "";
  const policy = policies(engine.config.server, args.misfits);
  const source = await openFile(engine, input, inputs, policy);
  const fields = await source.fields();
  requireColumns(fields, inputs);
  checkFlags(args.flags, prefix, fields.map(({ name }) => name), outputs);
  const { frameReader, violationText } = await import("@millrace/plugin-serve");
  const ledger = misfitLedger();
  const check = checkRows({ read: frameReader(model.signature, policy), ledger, text: (violation) => violationText(violation, pii), flags: args.flags ?? null });
  const predicting = { source, model, check, prefix, signal };
  if (args.out === undefined) {
    await print(predictions({ ...predicting, parts: null, progress: NO_PROGRESS }), call);
    if (ledger.entries().length > 0) terminal.err(args.json ? jsonLine({ misfits: ledger.entries() }) : misfitText(ledger.entries()));
    return;
  }
  const file = resolve(folder, args.out);
  const sink = await createExtension(engine.registry, sinkOf(file), engine.context);
  const parts = await openParts(engine.config.home, file, await jobOf(source, model, policy));
  using progress = rowProgress(terminal);
  const { rows } = await sink.write("predictions", predictions({ ...predicting, parts, progress }), signal);
  progress[Symbol.dispose]();
  await parts.remove();
  const { model: name, version } = model.version;
  terminal.out(args.json ? jsonLine({ model: name, version, rows, file, misfits: ledger.entries() }) : `${name}@${version}: ${count(rows)} rows to ${relative(folder, file)}\n${misfitText(ledger.entries())}`);
}

function stopped(goesOn: boolean, cause: unknown): MillraceError {
  return new MillraceError({ code: "RUN_INTERRUPTED", message: "The predictions were interrupted.", mend: goesOn ? "Give the same command again: it goes on from the last finished part." : "Give the same command again. With --out it would go on where it was.", cause });
}

interface Opened {
  readonly engine: Engine;
  readonly model: LoadedModel;
  /** Columns whose values nobody is shown. */
  readonly pii: ReadonlySet<string>;
}

export default defineSpec({
  summary: "Predicts for a file of rows: the same columns come out, with the predictions beside them. A column of the file is never written over. A call that was stopped or killed goes on where it was, when it is given again.",
  examples: [
    ["millrace predict delays@champion --in flights.csv --out predicted.parquet", "a file in, a file out"],
    ["millrace predict delays@3 --in flights.parquet | head", "JSON rows on the output"],
    ["millrace predict delays --in predicted.parquet --prefix new_", "beside predictions that the file holds already"],
    ["millrace predict delays --in raw.csv --out out.csv --misfits flag --flags doubts", "let values pass that do not fit, and say so in each row"],
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
    const personal = await personalColumns(engine.artifacts, model.version);
    try {
      await answer(input, { engine, model, pii: new Set(personal) }, call, interrupted.signal);
    } catch (error) {
      throw interrupted.signal.aborted ? stopped(args.out !== undefined, error) : maskedError(error, personal);
    }
    return EXIT.ok;
  },
});

import { relative } from "node:path";
import type { RunRecord } from "@millrace/core";
import { formatBytes, versionFolder, type Engine, type RunOptions } from "@millrace/core/project";
import { defineSpec, type Call } from "../command-spec.js";
import { EXIT, exitCodeOf } from "../exit-code.js";
import { interruption } from "../interruption.js";
import { wholeNumber } from "../parse-call.js";
import { errorJson, errorText } from "../print/error.js";
import { jsonLine } from "../print/json.js";
import { metricsText } from "../print/metrics.js";
import { count, seconds } from "../print/number.js";
import { liveProgress, plainProgress, type ProgressView } from "../print/progress.js";
import { styled } from "../print/style.js";
import { openDataProject, openStrictProject } from "../project.js";
import { registeredIn, withoutPlots, type Registered } from "../registered.js";
import { writeServerFile } from "../server-file.js";
import { WHAT_ARGS, WHAT_LISTS } from "./what.js";

const SILENT: ProgressView = { event() {}, end() {} };

function summary(record: RunRecord): string {
  if (record.tasks.length === 0) return `${record.status}: nothing to do, the config names no models`;
  const of = (status: string) => record.tasks.filter((task) => task.status === status).length;
  const took = (Date.parse(record.endedAt!) - Date.parse(record.startedAt)) / 1_000;
  const peak = Math.max(0, ...record.tasks.map(({ status, peakBytes }) => (status === "reused" ? 0 : (peakBytes ?? 0))));
  const parts = [`${of("succeeded")} ran`, `${of("reused")} reused`, ...(of("failed") > 0 ? [`${of("failed")} failed`] : []), ...(of("interrupted") > 0 ? [`${of("interrupted")} stopped`] : []), ...(of("skipped") > 0 ? [`${of("skipped")} left`] : [])];
  return `${record.status} in ${seconds(took)}: ${parts.join(", ")}${peak === 0 ? "" : `; at most ${formatBytes(peak)}`}`;
}

/** Metrics of a model that a run shows at most. */
const SHOWN = 6;

function registeredText(registered: Registered, home: string, folder: string): string {
  const { model, version, elsewhere, outcomes, evaluation, confidence } = registered;
  const card = `  card ${relative(folder, versionFolder(home, model, version))}/card.md\n`;
  const gates = outcomes.map(({ passed, message }) => `  gate ${passed ? "passed" : styled("yellow", "failed")}: ${message}\n`).join("");
  const metrics = evaluation === null ? "" : metricsText(evaluation, confidence, { most: SHOWN, others: `millrace models show ${model}@${version}` });
  return `${headline(registered)}\n${card}${gates}${elsewhere === null ? "" : aliasElsewhere(model, version, elsewhere)}${metrics === "" ? "" : `\n${metrics}\n`}`;
}

function headline({ model, version, aliases, gates }: Registered): string {
  if (gates === "failed") return styled("yellow", `${model}@${version} is kept, and no alias moved: a gate failed.`);
  return `${styled("green", `${model}@${version}`)}${aliases.length === 0 ? "" : ` is ${aliases.map((alias) => styled("bold", `${model}@${alias}`)).join(" and ")}`}`;
}

/** An earlier config was run again, or somebody moved the alias: a run that reuses a version does not take it back. */
function aliasElsewhere(model: string, version: number, elsewhere: NonNullable<Registered["elsewhere"]>): string {
  return `  ${model}@${elsewhere.alias} is version ${elsewhere.version}; to move it here: millrace models alias ${model}@${version} ${elsewhere.alias}\n`;
}

/** The error of a run wins; else a failed gate. */
function exitCode(error: unknown, registered: readonly Registered[]): number {
  if (error !== null) return exitCodeOf(error);
  return registered.some(({ gates }) => gates === "failed") ? EXIT.gate : EXIT.ok;
}

type Ended = Awaited<ReturnType<Engine["run"]>> & { readonly registered: readonly Registered[] };

function report(call: Call, home: string, { id, record, error, registered }: Ended): void {
  const { terminal, args, folder } = call;
  if (args.json) {
    const { tasks, ...rest } = record;
    terminal.out(jsonLine({ run: id, ...rest, tasks, registered: registered.map(withoutPlots) }));
    if (error !== null) terminal.err(errorJson(error));
    return;
  }
  terminal.out(`\n${styled("bold", `run ${id}`)} ${summary(record)}\n`);
  for (const one of registered) terminal.out(registeredText(one, home, folder));
  if (record.sample !== null && registered.length > 0) terminal.out(`A sample of ${count(record.sample)} rows moves no alias.\n`);
  if (error !== null) terminal.err(errorText(error, args.debug === true));
}

export default defineSpec({
  summary: "Does what the plan says: reads, checks, fits, trains, evaluates, certifies, registers.",
  examples: [
    ["millrace run", "every model of the config; goes on where an earlier run stopped"],
    ["millrace run delays --sample 10000", "a quick try of one model"],
    ["millrace run --from delays/train", "train again, and all that follows"],
    ["millrace run --only delays/fit", "up to the features"],
    ["millrace run --strict", "find what plugins read and nobody declared"],
  ],
  args: { ...WHAT_ARGS, strict: { type: "boolean", description: "Fail where JavaScript code of a plugin reads an environment variable or a file that is in no key." } },
  lists: WHAT_LISTS,
  takesMany: true,
  async run(call) {
    const { args, list, terminal } = call;
    const sample = args.sample === undefined ? {} : { sample: wholeNumber("sample", args.sample) };
    using interrupted = interruption(terminal);
    await using engine = await (args.strict === true ? openStrictProject(call) : openDataProject(call));
    const view = args.json ? SILENT : terminal.isInteractive ? liveProgress(terminal) : plainProgress(terminal);
    const options: RunOptions = {
      models: args._,
      ...sample,
      from: list("from"),
      only: list("only"),
      signal: interrupted.signal,
      onEvent: (event) => view.event(event),
    };
    const ended = await engine.run(options).finally(() => view.end());
    await writeServerFile(engine.config.folder, engine.config).catch((error: unknown) => {
      // Where the run failed, as of a full disk, its own error says more.
      if (ended.error === null) throw error;
    });
    const registered = await registeredIn(ended.record, engine);
    report(call, engine.config.home, { ...ended, registered });
    return exitCode(ended.error, registered);
  },
});

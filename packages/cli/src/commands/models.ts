import { MillraceError, readJson, type AliasChange, type ModelVersion, type Signature } from "@millrace/core";
import { aliasHistory, findVersion, moveAlias, parseModelRef, rollbackAlias, versionFolder, type Engine, type Evaluation, type Scores } from "@millrace/core/engine";
import { defineSpec, type Call } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { count, metric, moment } from "../print/number.js";
import { styled } from "../print/style.js";
import { table } from "../print/table.js";
import { openProject } from "../project.js";
import { unknownAction } from "../unknown-action.js";

const ACTIONS = ["list", "show", "alias", "history", "rollback"] as const;

function needed(value: string | undefined, action: string, what: string): string {
  if (value !== undefined) return value;
  throw new MillraceError({ code: "USAGE_ARGUMENT", message: `millrace models ${action} needs <${what}>.`, mend: "See: millrace models --help" });
}

/** `delays@champion` in its two halves. Throws USAGE_ARGUMENT where it names no alias. */
function aliasRef(ref: string, action: string): { readonly model: string; readonly alias: string } {
  const { model, alias } = parseModelRef(ref);
  if (alias !== null) return { model, alias };
  throw new MillraceError({ code: "USAGE_ARGUMENT", message: `millrace models ${action} needs an alias, and "${ref}" names none.`, mend: `Write it like this: millrace models ${action} ${model}@champion` });
}

interface Listed {
  readonly version: ModelVersion;
  readonly aliases: readonly string[];
}

async function listed({ store }: Engine): Promise<readonly Listed[]> {
  const versions = await store.find("model", { order: { member: "createdAt", direction: "descending" }, limit: 1_000 });
  const aliases = (await store.find("alias", {})).map(({ value }) => value);
  return versions.map(({ value }) => ({ version: value, aliases: aliases.filter(({ model, version }) => model === value.model && version === value.version).map(({ alias }) => alias) }));
}

function listText(all: readonly Listed[]): string {
  if (all.length === 0) return "No model is registered yet. Make one: millrace run\n";
  const rows = all.map(({ version, aliases }) => [`${version.model}@${version.version}`, aliases.map((alias) => styled("green", alias)).join(", "), version.gates === "passed" ? "passed" : styled("yellow", "failed"), moment(version.createdAt), version.run]);
  return table([{ title: "model" }, { title: "aliases" }, { title: "gates" }, { title: "made (UTC)" }, { title: "run" }], rows);
}

function metricsText({ parts, baselines }: Evaluation): string {
  const columns: readonly (readonly [string, Scores])[] = [
    ...(["train", "validation", "test"] as const).flatMap((part) => (parts[part] === undefined ? [] : [[part, parts[part]] as const])),
    ...Object.entries(baselines).flatMap(([name, sides]) => (sides.test === undefined ? [] : [[`${name}, test`, sides.test] as const])),
  ];
  const names = [...new Set(columns.flatMap(([, { metrics }]) => Object.keys(metrics)))];
  const cell = ({ metrics }: Scores, name: string) => {
    const result = metrics[name];
    return result?.value == null ? "" : `${metric(result.value)}${result.standardError === null ? "" : ` ± ${metric(result.standardError)}`}`;
  };
  return table([{ title: "metric" }, ...columns.map(([title]) => ({ title, align: "right" as const }))], [["rows", ...columns.map(([, { rows }]) => count(rows))], ...names.map((name) => [name, ...columns.map(([, scores]) => cell(scores, name))])]);
}

async function show(engine: Engine, ref: string) {
  const version = await findVersion(engine.store, ref);
  const [evaluation, signature] = await Promise.all([readJson<Evaluation>(engine.artifacts, version.metrics), readJson<Signature>(engine.artifacts, version.signature)]);
  return { version, evaluation, signature, folder: versionFolder(engine.config.home, version.model, version.version) };
}

function showText({ version, evaluation, signature, folder }: Awaited<ReturnType<typeof show>>): string {
  const fields = (all: Signature["inputs"]) => all.map(({ name, dtype }) => `${name} ${dtype}`).join(", ");
  return `${styled("bold", `${version.model}@${version.version}`)} made ${moment(version.createdAt)} UTC in run ${version.run}; gates ${version.gates}\nfiles    ${folder}\nonnx     ${version.onnx}\ninputs   ${fields(signature.inputs)}\noutputs  ${fields(signature.outputs)}\n\n${metricsText(evaluation)}`;
}

function historyText(changes: readonly AliasChange[]): string {
  const version = (number: number | null) => (number === null ? "none" : String(number));
  return table([{ title: "when (UTC)" }, { title: "from", align: "right" }, { title: "to", align: "right" }, { title: "why" }], changes.map(({ at, from, to, reason }) => [moment(at), version(from), version(to), reason]));
}

function movedText(change: AliasChange | null, name: string): string {
  return change === null ? `${name} is there already.\n` : `${name}: ${change.from ?? "none"} -> ${change.to ?? "none"}\n`;
}

async function moveText(engine: Engine, action: "alias" | "rollback", call: Call<typeof ARGS>): Promise<string> {
  const { args } = call;
  const ref = needed(args.model, action, action === "alias" ? "model@version" : "model@alias");
  const reason = args.reason ?? `millrace models ${action}`;
  const at = new Date().toISOString();
  if (action === "alias") {
    const { model, version } = await findVersion(engine.store, ref);
    const alias = needed(args.alias, action, "alias");
    const change = await moveAlias(engine.store, { model, alias, to: version, reason, at });
    return args.json ? jsonLine({ change }) : movedText(change, `${model}@${alias}`);
  }
  const change = await rollbackAlias(engine.store, { ...aliasRef(ref, action), reason, at });
  return args.json ? jsonLine({ change }) : movedText(change, ref);
}

const ARGS = {
  action: { type: "positional", required: false, description: "list (default), show, alias, history or rollback.", valueHint: "action" },
  model: { type: "positional", required: false, description: "A version: delays, delays@3, delays@champion.", valueHint: "model" },
  alias: { type: "positional", required: false, description: "For alias: the name to move to that version.", valueHint: "alias" },
  reason: { type: "string", description: "Why an alias moves, for its history.", valueHint: "text" },
} as const;

export default defineSpec({
  summary: "Lists registered models, shows one, moves an alias, tells its history, or rolls it back.",
  examples: [
    ["millrace models", "every version, with its aliases"],
    ["millrace models show delays@champion", "signature, metrics, files"],
    ["millrace models alias delays@3 champion", "move an alias to a version that passed its gates"],
    ["millrace models history delays@champion", "every move of an alias"],
    ["millrace models rollback delays@champion", "back to the version before"],
  ],
  args: ARGS,
  async run(call) {
    await using engine = await openProject(call as unknown as Call);
    const { args, terminal } = call;
    const action = args.action ?? "list";
    if (action === "list") {
      const all = await listed(engine);
      terminal.out(args.json ? all.map(({ version, aliases }) => jsonLine({ ...version, aliases })).join("") : listText(all));
    } else if (action === "show") {
      const shown = await show(engine, needed(args.model, action, "model"));
      terminal.out(args.json ? jsonLine(shown) : showText(shown));
    } else if (action === "history") {
      const { model, alias } = aliasRef(needed(args.model, action, "model@alias"), action);
      const changes = await aliasHistory(engine.store, model, alias);
      terminal.out(args.json ? changes.map(jsonLine).join("") : historyText(changes));
    } else if (action === "alias" || action === "rollback") terminal.out(await moveText(engine, action, call));
    else throw unknownAction("models", action, ACTIONS);
    return EXIT.ok;
  },
});

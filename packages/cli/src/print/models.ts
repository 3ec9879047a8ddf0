import type { AliasChange, Field } from "@millrace/core";
import type { Evaluation, Scores } from "@millrace/core/engine";
import type { ListedVersion, ShownVersion } from "../list-models.js";
import { count, metric, moment } from "./number.js";
import { styled } from "./style.js";
import { table } from "./table.js";

export function versionsText(all: readonly ListedVersion[]): string {
  if (all.length === 0) return "No model is registered yet. Make one: millrace run\n";
  const rows = all.map(({ version, aliases }) => [
    `${version.model}@${version.version}`,
    aliases.map((alias) => styled("green", alias)).join(", "),
    `${version.gates === "passed" ? "passed" : styled("yellow", "failed")}${version.sample === null ? "" : ", a sample"}`,
    moment(version.createdAt),
    version.run,
  ]);
  return table([{ title: "model" }, { title: "aliases" }, { title: "gates" }, { title: "made (UTC)" }, { title: "run" }], rows);
}

/** Scores by the title of their column: the model's on every part, each baseline's on the test. */
function columnsOf({ parts, baselines }: Evaluation): readonly (readonly [string, Scores])[] {
  const own = (["train", "validation", "test"] as const).map((part) => [part, parts[part]] as const);
  const others = Object.entries(baselines).map(([name, sides]) => [`${name}, test`, sides.test] as const);
  return [...own, ...others].flatMap(([title, scores]) => (scores === undefined ? [] : [[title, scores] as const]));
}

function metricsText(evaluation: Evaluation): string {
  const columns = columnsOf(evaluation);
  const names = [...new Set(columns.flatMap(([, { metrics }]) => Object.keys(metrics)))];
  const cell = ({ metrics }: Scores, name: string): string => {
    const result = metrics[name];
    if (result?.value == null) return "";
    return `${metric(result.value)}${result.standardError === null ? "" : ` ± ${metric(result.standardError)}`}`;
  };
  const rows = [["rows", ...columns.map(([, scores]) => count(scores.rows))], ...names.map((name) => [name, ...columns.map(([, scores]) => cell(scores, name))])];
  return table([{ title: "metric" }, ...columns.map(([title]) => ({ title, align: "right" as const }))], rows);
}

export function versionText({ version, evaluation, signature, folder }: ShownVersion): string {
  const fields = (all: readonly Field[]) => all.map(({ name, dtype }) => `${name} ${dtype}`).join(", ");
  const lines = [
    `${styled("bold", `${version.model}@${version.version}`)} made ${moment(version.createdAt)} UTC in run ${version.run}; gates ${version.gates}${version.sample === null ? "" : `; a sample of ${version.sample} rows`}`,
    `files    ${folder}`,
    `onnx     ${version.onnx}`,
    `inputs   ${fields(signature.inputs)}`,
    `outputs  ${fields(signature.outputs)}`,
  ];
  return `${lines.join("\n")}\n\n${metricsText(evaluation)}`;
}

function versionOrNone(number: number | null): string {
  return number === null ? "none" : String(number);
}

export function historyText(changes: readonly AliasChange[]): string {
  const columns = [{ title: "when (UTC)" }, { title: "from", align: "right" }, { title: "to", align: "right" }, { title: "why" }] as const;
  return table(columns, changes.map(({ at, from, to, reason }) => [moment(at), versionOrNone(from), versionOrNone(to), reason]));
}

/** `name`: the alias that moved, or was there already. */
export function movedText(change: AliasChange | null, name: string): string {
  return change === null ? `${name} is there already.\n` : `${name}: ${versionOrNone(change.from)} -> ${versionOrNone(change.to)}\n`;
}

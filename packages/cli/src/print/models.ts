import type { AliasChange, Field } from "@millrace/core";
import type { ListedVersion, ShownVersion } from "../list-models.js";
import { metricsText } from "./metrics.js";
import { moment } from "./number.js";
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

export function versionText({ version, evaluation, confidence, signature, folder }: ShownVersion): string {
  const fields = (all: readonly Field[]) => all.map(({ name, dtype }) => `${name} ${dtype}`).join(", ");
  const lines = [
    `${styled("bold", `${version.model}@${version.version}`)} made ${moment(version.createdAt)} UTC in run ${version.run}; gates ${version.gates}${version.sample === null ? "" : `; a sample of ${version.sample} rows`}`,
    `files    ${folder}`,
    `onnx     ${version.onnx}`,
    `inputs   ${fields(signature.inputs)}`,
    `outputs  ${fields(signature.outputs)}`,
    ...(evaluation.problem.kind === "regression" ? [] : [`classes  ${evaluation.problem.classes.join(", ")}, in the order of probabilities`]),
  ];
  return `${lines.join("\n")}\n\n${metricsText(evaluation, confidence)}`;
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

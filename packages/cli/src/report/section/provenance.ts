import type { Field } from "@millrace/core";
import { count } from "../../print/number.js";
import { html, type Html } from "../html.js";
import type { ModelReport } from "../report.js";
import { code, dataTable, type Section } from "./section.js";

/** Partitions of a source that are listed at most. */
const SHOWN_PARTITIONS = 20;

export function signatureSection({ name, signature, remarks }: ModelReport): Section | null {
  if (signature === null) return null;
  const list = (fields: readonly Field[]) => fields.map(({ name: field, dtype }) => [field, html`<span class="muted">${dtype}</span>`]);
  const side = (title: string, fields: readonly Field[]) => html`<div><h4>${title}</h4>${dataTable(title, [{ title: "Name" }, { title: "Type" }], list(fields))}</div>`;
  const notes = remarks === null || remarks.length === 0 ? null : html`<h4>Limits</h4><ul>${remarks.filter(({ about }) => about !== "importance").map(({ sentence }) => html`<li>${sentence}</li>`)}</ul>`;
  return { id: `${name}-signature`, title: "Signature", lead: "Raw columns in, predictions out, in one ONNX file.", body: [html`<div class="columns">${side("Inputs", signature.inputs)}${side("Outputs", signature.outputs)}</div>`, notes] };
}

export function certificateSection({ name, certificate }: ModelReport): Section | null {
  if (certificate === null) return null;
  const { goldenRows, randomRows, batchSizes, witnesses } = certificate;
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [{ title: "Runtime" }, { title: "Provider" }, { title: "Graph" }, right("Golden rows that differ"), right("Random rows that differ"), right("Greatest, ulp")];
  const rows = witnesses.map(({ runtime, how, golden, random }) => [`${runtime.name} ${runtime.version}`, runtime.provider, how, `${golden.different} of ${count(golden.rows)}`, `${random.different} of ${count(random.rows)}`, String(Math.max(golden.maximumUlp, random.maximumUlp))]);
  return { id: `${name}-certificate`, title: "Certificate", lead: `The file ran on ${count(goldenRows)} golden and ${count(randomRows)} random rows, in batches of ${batchSizes.map(count).join(", ")}, beside the whole graph in one batch.`, body: dataTable("Certificate", columns, rows) };
}

export function lineageSection({ name, lineage }: ModelReport): Section | null {
  if (lineage === null) return null;
  const partitions = Object.entries(lineage.source.partitions);
  const rows = [...partitions.slice(0, SHOWN_PARTITIONS).map(([id, digest]) => [`partition ${id}`, code(digest)]), ...Object.entries(lineage.artifacts).map(([what, digest]) => [what, code(digest)])];
  const more = partitions.length > SHOWN_PARTITIONS ? html`<p class="lead">The first ${SHOWN_PARTITIONS} partitions of ${count(partitions.length)}.</p>` : null;
  return { id: `${name}-lineage`, title: "Lineage", lead: `Source ${lineage.source.use}, ${count(partitions.length)} partition${partitions.length === 1 ? "" : "s"}. The same data and definition give the same digests.`, body: [dataTable("What the model was made from", [{ title: "What" }, { title: "Digest" }], rows), more, definition(lineage.definition)] };
}

function definition(json: unknown): Html {
  return html`<details><summary>Definition</summary><pre>${JSON.stringify(json, null, 2)}</pre></details>`;
}

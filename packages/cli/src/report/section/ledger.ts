import { formatBytes } from "@millrace/core/engine";
import type { TaskOutcome } from "@millrace/core";
import { count, seconds } from "../../print/number.js";
import { html, type Piece } from "../html.js";
import { STATUS_WORDS } from "../plan/picture.js";
import type { ModelReport } from "../report.js";
import { dataTable, type Section } from "./section.js";

export function ledgerSection({ name, tasks }: ModelReport): Section | null {
  if (tasks.length === 0) return null;
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [{ title: "Task" }, { title: "Status" }, right("Took"), right("Memory"), right("Rows in"), right("Rows out"), { title: "Dropped" }, { title: "Why it ran or not" }];
  return { id: `${name}-ledger`, title: "Ledger", lead: "Rows in are rows out and rows dropped, task by task. What a reused task took belongs to the run that made it.", body: dataTable("Tasks", columns, tasks.map(row)) };
}

function row({ task, status, seconds: took, peakBytes, ledger, why }: TaskOutcome): readonly Piece[] {
  const hasRun = status === "succeeded" || status === "failed" || status === "interrupted";
  const dropped = ledger === null ? "" : ledger.dropped.map(({ reason, rows }) => `${count(rows)} ${reason}`).join(", ");
  const digests = why.replace(/sha256:([0-9a-f]{8})[0-9a-f]{56}/g, "sha256:$1…");
  return [
    task.slice(task.indexOf("/") + 1), html`<span class="status ${status}">${STATUS_WORDS[status]}</span>`, hasRun ? seconds(took) : "", hasRun && peakBytes !== null ? formatBytes(peakBytes) : "",
    ledger === null ? "" : count(ledger.rowsIn), ledger === null ? "" : count(ledger.rowsOut), dropped, html`<span class="muted">${digests}</span>`,
  ];
}

import type { TaskOutcome } from "@millrace/core";
import { seconds } from "../../print/number.js";
import { html } from "../html.js";
import { planPicture } from "../plan/picture.js";
import type { ModelReport } from "../report.js";
import type { Section } from "./section.js";

export async function planSection({ name, tasks }: ModelReport): Promise<Section | null> {
  if (tasks.length === 0) return null;
  const of = (...statuses: readonly TaskOutcome["status"][]) => tasks.filter(({ status }) => statuses.includes(status));
    const counts = [`${of("succeeded").length} ran`, `${of("reused").length} reused`, `${of("failed").length} failed`, `${of("interrupted", "skipped").length} not done`].filter((part) => !part.startsWith("0 "));
  const took = seconds(of("succeeded", "failed", "interrupted").reduce((sum, task) => sum + task.seconds, 0));
  const failures = of("failed").map((task) => html`<p class="failure"><strong>${task.task}</strong> ${(task.error as { readonly message?: string } | null)?.message ?? ""}</p>`);
  return { id: `${name}-plan`, title: "Plan", lead: `${tasks.length} tasks: ${counts.join(", ")}; ${took} in all. The bar in a box is its share of the longest task. An arrow that others imply is left out.`, body: [await planPicture(name, tasks), failures] };
}

import { formatBytes } from "@millrace/core/engine";
import { ownsArtifacts } from "../owns-artifacts.js";
import { counted } from "../print/counted.js";
import { ok, warning } from "./finding.js";
import { ofWhatRunsLeft } from "./untouched.js";

/** What is safe to delete. */
export const deletable = ofWhatRunsLeft("deletable", async (engine) => {
  const { removals, scratch, kept } = await engine.collect({ isDry: true, ownsArtifacts: ownsArtifacts(engine.config) });
  const bytes = [...removals, ...scratch].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const count = removals.length + scratch.length;
  if (count === 0) return [ok("Nothing that retention lets go.")];
  const text = `${counted(count, "thing")} can go, ${formatBytes(bytes)}: millrace gc --dry-run names what, millrace gc removes it`;
  return [bytes > kept.sizeBytes ? warning(`${text}.`, "Remove what can go: millrace gc.") : ok(`${text}.`)];
});

import { formatBytes } from "@millrace/core/engine";
import { failed } from "./failed.js";
import { ok, warning, type Examination } from "./finding.js";

/** What is safe to delete. */
export const deletable: Examination = {
  name: "deletable",
  async examine({ engine }) {
    if (engine === null) return [];
    try {
      const { removals, scratch, kept } = await engine.collect({ isDry: true });
      const bytes = [...removals, ...scratch].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      const count = removals.length + scratch.length;
      if (count === 0) return [ok("Nothing that retention lets go.")];
      const text = `${count} things can go, ${formatBytes(bytes)}: millrace gc --dry-run names them, millrace gc removes them`;
      return [bytes > kept.sizeBytes ? warning(`${text}.`, "Remove them: millrace gc.") : ok(`${text}.`)];
    } catch (error) {
      return [failed(error)];
    }
  },
};

import type { AliasChange, Stored } from "@millrace/core";
import { allRecords, isHeld } from "@millrace/core/engine";
import { counted } from "../print/counted.js";
import { ok, wrong, warning, type Finding } from "./finding.js";
import { ofWhatRunsLeft } from "./untouched.js";

type Histories = ReadonlyMap<string, readonly AliasChange[]>;

function byAlias(changes: readonly Stored<AliasChange>[]): Histories {
  const histories = new Map<string, AliasChange[]>();
  for (const { value } of changes) {
    const id = `${value.model}@${value.alias}`;
    histories.set(id, [...(histories.get(id) ?? []), value]);
  }
  for (const history of histories.values()) history.sort((a, b) => a.sequence - b.sequence);
  return histories;
}

/** Each move goes on where the one before it led, and the alias points to where the last one led. */
export function historyFindings(histories: Histories, aliases: ReadonlyMap<string, number>): readonly Finding[] {
  const mend = "Restore the store from a copy; and report how it came to this.";
  const broken = [...histories].flatMap(([id, history]) => {
    const breaks = history.some(({ sequence, from }, index) => sequence !== index + 1 || from !== (history[index - 1]?.to ?? null));
    if (breaks) return [wrong(`The history of the alias ${id} has a gap.`, mend)];
    const [last, now] = [history.at(-1)?.to ?? null, aliases.get(id) ?? null];
    return last === now ? [] : [wrong(`The alias ${id} points to version ${now ?? "none"}, and its history ends with version ${last ?? "none"}.`, mend)];
  });
  const without = [...aliases.keys()].filter((id) => !histories.has(id)).map((id) => wrong(`The alias ${id} has no history.`, mend));
  return [...broken, ...without];
}

/** Reads every record: all of them are JSON, aliases point to versions, histories have no gaps. */
export const store = ofWhatRunsLeft("store", async (engine) => {
  const runs = await allRecords(engine.store, "run");
  const tasks = await allRecords(engine.store, "task");
  const models = new Set((await allRecords(engine.store, "model")).map(({ id }) => id));
  const aliases = new Map((await allRecords(engine.store, "alias")).map(({ id, value }) => [id, value.version]));
  const leases = new Map((await allRecords(engine.store, "lease")).map(({ id, value }) => [id, value]));
  const histories = byAlias(await allRecords(engine.store, "aliasChange"));
  const lost = [...aliases].filter(([id, version]) => !models.has(`${id.slice(0, id.lastIndexOf("@"))}@${version}`));
  const dead = runs.filter(({ id, value }) => {
    const lease = leases.get(`run/${id}`);
    return value.status === "running" && (lease === undefined || !isHeld(lease, Date.now()));
  });
  return [
    ok(`${counted(runs.length, "run")}, ${counted(tasks.length, "task")}, ${counted(models.size, "version")}, ${counted(aliases.size, "alias", "aliases")}.`),
    ...lost.map(([id, version]) => wrong(`The alias ${id} points to version ${version}, which is not there.`, `Move it to another version: millrace models alias ${id.slice(0, id.lastIndexOf("@"))}@<version> ${id.slice(id.lastIndexOf("@") + 1)}`)),
    ...historyFindings(histories, aliases),
    ...dead.map(({ id }) => warning(`The run ${id} says that it is running, and its process is gone.`, "Run again, which settles it: millrace run.")),
  ];
});

import { allRecords, copyStates, modelVersionId } from "@millrace/core/engine";
import { counted } from "../print/counted.js";
import { ok, wrong } from "./finding.js";
import { ofWhatRunsLeft } from "./untouched.js";

/** The files of versions that lie in the project's folder for a person to find: those that are there have the bytes of their artifacts. */
export const copies = ofWhatRunsLeft("copies", async (engine, isDeep) => {
  const models = await allRecords(engine.store, "model");
  const states = [];
  for (const { id, value } of models) for (const state of await copyStates(engine.config.home, value, isDeep)) if (state.stamp !== null) states.push({ id, ...state });
  const named = new Set((await allRecords(engine.store, "alias")).map(({ value }) => modelVersionId(value.model, value.version)));
  const altered = states.filter(({ isWhole }) => !isWhole);
  return [
    ok(`${counted(states.length, "copy", "copies")} of versions' files; ${states.filter(({ isHashed }) => isHashed).length} hashed.`),
    ...altered.map(({ id, path }) => wrong(`${path} is not what ${id} is made of: something wrote to it, or it is of another store.`, named.has(id) ? "Run: millrace run. It lays the file down again, since an alias points to the version." : `Remove ${path}: it is a copy for people, which nothing reads. A run that gives ${id} lays it down again.`)),
  ];
});

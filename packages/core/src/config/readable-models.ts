import type { ResolvedModel } from "../contracts/resolved.js";
import { buildModel, useOf, type BuildFacts } from "./build.js";
import { modelSchema, useSchema } from "./model-schema.js";
import { isTree, startsWith, valueAt, withoutValueAt, type Path } from "./path.js";

/** A model of a config with mistakes, as far as it can be read. What it names may have wrong options, or be nothing that a plugin brings. */
export interface ReadableModel {
  readonly model: ResolvedModel;
  /** What has a wrong shape and was left out, from the model. */
  readonly left: readonly Path[];
}

/** In the place of what is missing or misshapen: no extension has this name. */
const NOBODY = { use: "?", with: {} };

const named = useSchema.catch(NOBODY);

/** Columns can be held against a source without a trainer and without a split. */
const readableSchema = modelSchema.extend({ train: named, split: named });

/** The models of a config, whatever is wrong with them; without those of which no source or too little else can be read. */
export function readableModels(config: unknown, facts: BuildFacts): readonly ReadableModel[] {
  const models = valueAt(config, ["models"]);
  const runtime = useOf("runtime", named.parse(valueAt(config, ["runtime"])));
  if (!isTree(models)) return [];
  return Object.entries(models).flatMap(([name, written]) => {
    const read = parseMost(written);
    return read === null ? [] : [{ model: buildModel(name, read.parsed, runtime, facts), left: read.left }];
  });
}

/** A model without the members that its schema refuses; null where it needs one of them. */
function parseMost(written: unknown) {
  const left: Path[] = [];
  let rest = written;
  // Each turn takes out a member at least, or is the last.
  for (;;) {
    const read = readableSchema.safeParse(rest);
    if (read.success) return { parsed: read.data, left };
    const wrong = read.error.issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path])) as Path[];
    const before = rest;
    for (const path of wrong) {
      if (left.some((start) => startsWith(path, start))) continue;
      const member = memberAround(rest, path);
      if (member === null) return null;
      rest = withoutValueAt(rest, member);
      left.push(member);
    }
    // What was taken out is needed.
    if (rest === before) return null;
  }
}

/** The innermost member of an object at a path or around it: items of lists stay, since paths count them. Null where there is none. */
function memberAround(tree: unknown, path: Path): Path | null {
  for (let length = path.length; length > 0; length--) {
    const member = path.slice(0, length);
    if (typeof member.at(-1) === "string" && valueAt(tree, member) !== undefined) return member;
  }
  return null;
}

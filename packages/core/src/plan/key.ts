import type { Digest } from "../contracts/digest.js";
import type { Json } from "../contracts/json.js";
import type { Use } from "../contracts/resolved.js";
import type { OutputOf } from "../contracts/task.js";
import { digestOfJson } from "../fold/digest.js";

/** What a key is made of, flat, so that `why` can name the entry that differs. */
export type KeyParts = Readonly<Record<string, Json>>;

export interface Keyed {
  readonly step: string;
  readonly inputs: Readonly<Record<string, Digest | OutputOf>>;
  readonly options: Json;
  readonly uses: Readonly<Record<string, Use>>;
}

/** The entries of a task's key: its step, inputs (a task's output stands as its name while its digest is unknown), options, extensions, code. */
export function keyParts(task: Keyed, code: Readonly<Record<string, Digest>>, keyed: (use: Use) => Json): KeyParts {
  const parts: Record<string, Json> = { step: task.step };
  for (const [name, input] of Object.entries(task.inputs)) parts[`inputs.${name}`] = typeof input === "string" ? input : `${input.task}#${input.output}`;
  flatten("options", task.options, parts);
  for (const [slot, use] of Object.entries(task.uses)) {
    parts[`${slot}.use`] = use.name;
    flatten(`${slot}.with`, keyed(use), parts);
  }
  for (const [plugin, digest] of Object.entries(code)) parts[`code.${plugin}`] = digest;
  return parts;
}

export function keyOf(parts: KeyParts): Digest {
  return digestOfJson(parts);
}

function flatten(path: string, value: Json, parts: Record<string, Json>): void {
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) {
    parts[path] = value;
    return;
  }
  const isList = Array.isArray(value);
  for (const [key, member] of Object.entries(value)) flatten(`${path}.${isList ? key : nameText(key)}`, member as Json, parts);
}

/** A name as it is, or quoted where it could be taken for a path or a place in a list: other options never have the same entries. */
function nameText(name: string): string {
  return /^[^".]*[^".\d][^".]*$/.test(name) ? name : JSON.stringify(name);
}

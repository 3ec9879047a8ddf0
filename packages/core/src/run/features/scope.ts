import type { Field } from "../../contracts/frame.js";
import type { TransformUse } from "../../contracts/resolved.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { suggest } from "../../errors/nearest.js";

/** A value that a feature may read: a raw column (its own name), or the result of the transform at an index. */
export interface Slot {
  /** Unique in the pipeline: a later feature may take the name of an earlier one. */
  readonly id: string;
  readonly field: Field;
  /** 0 for raw columns; what a transform leaves is one above the highest it reads. */
  readonly level: number;
}

/** A transform in its place: what it reads and what it promises. */
export interface PlacedTransform {
  readonly index: number;
  /** For messages: `features[0] (log)`. */
  readonly place: string;
  readonly transform: Transform;
  /** What to call its first result; null: the transform decides. */
  readonly as: string | null;
  readonly inputs: readonly Slot[];
  /** What the transform promised, one per output, by its own names. */
  readonly promised: readonly Field[];
  readonly outputs: readonly Slot[];
  readonly level: number;
}

export interface Scope {
  readonly placed: readonly PlacedTransform[];
  /** What is in scope at the end, by name. */
  readonly slots: ReadonlyMap<string, Slot>;
  readonly depth: number;
}

export function rawSlots(fields: readonly Field[]): ReadonlyMap<string, Slot> {
  return new Map(fields.map((field) => [field.name, { id: field.name, field, level: 0 }]));
}

/** Places transforms one after another; each sees what those before it left. Throws FEATURE_NO_COLUMN, FEATURE_NAME and what `fields` throws. */
export function placeTransforms(raw: ReadonlyMap<string, Slot>, transforms: readonly { readonly use: TransformUse; readonly transform: Transform; readonly at?: number }[], where: string): Scope {
  const slots = new Map(raw);
  const placed = transforms.map(({ use, transform, at }, index) => placeTransform(slots, use, transform, index, where, at));
  return { placed, slots, depth: Math.max(0, ...placed.map(({ level }) => level)) };
}

/** Places one more, and changes what is in scope. `at`: where it stands in the config, where others stand before it. */
export function placeTransform(slots: Map<string, Slot>, use: TransformUse, transform: Transform, index: number, where: string, at = index): PlacedTransform {
  const place = `${where}[${at}] (${use.use.name})`;
  const inputs = use.from.map((name) => slotNamed(slots, name, place));
  const level = 1 + Math.max(0, ...inputs.map((slot) => slot.level));
  const promised = transform.fields(inputs.map(({ field }) => field));
  const outputs = promised.map((field, at): Slot => {
    const name = at === 0 && use.as !== null ? use.as : field.name;
    return { id: `${index}:${name}`, field: { ...field, name }, level };
  });
  refuseTaken(slots, use, outputs, place);
  // Who promises nothing takes its columns out: a way to drop what an earlier transform made.
  if (promised.length === 0 || transform.replaces === true) for (const name of use.from) slots.delete(name);
  for (const slot of outputs) slots.set(slot.field.name, slot);
  return { index, place, transform, as: use.as, inputs, promised, outputs, level };
}

/** A result may take the name of a column that it was made of. Of any other, whoever reads that name meant the other. */
function refuseTaken(slots: ReadonlyMap<string, Slot>, { from }: TransformUse, outputs: readonly Slot[], where: string): void {
  for (const { field: { name } } of outputs) {
    const taken = slots.get(name);
    if (taken === undefined || from.includes(name)) continue;
    const whose = taken.level === 0 ? "a column of the data has" : "an earlier feature has";
    throw new MillraceError({ code: "FEATURE_NAME", message: `${where} gives "${name}", a name that ${whose}.`, mend: `Give it another name, or take "${name}" out of scope before it: { use: "drop", from: ["${name}"] }.`, facts: { name } });
  }
}

function slotNamed(slots: ReadonlyMap<string, Slot>, name: string, where: string): Slot {
  const slot = slots.get(name);
  if (slot === undefined)
    throw new MillraceError({ code: "FEATURE_NO_COLUMN", message: `${where} reads "${name}", which is neither a column nor an earlier feature.`, mend: suggest(name, slots.keys()), facts: { column: name } });
  return slot;
}

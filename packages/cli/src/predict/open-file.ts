import type { Field, Source } from "@millrace/core";
import { createExtension, type Engine } from "@millrace/core/engine";
import type { Policy } from "@millrace/plugin-serve";
import { isText, sourceOf } from "../file-formats.js";

/**
 * Opens a file so that its columns have the types that the model takes, where the format leaves them to be found out. Numbers stay
 * float64 where the model rounds them to float32, and as they were found where it takes whole ones: they come out as they went in, and what
 * does not fit is told as what it is. A column in which values of other types may pass is
 * read as text, and comes out as text: as it stands in the file. So is one that holds a text among its first rows, so that it is told which.
 */
export async function openFile({ registry, context }: Pick<Engine, "registry" | "context">, file: string, inputs: readonly Field[], policy: (column: string) => Policy | null): Promise<Source> {
  const found = await (await createExtension(registry, sourceOf(file, {}), context)).fields();
  const isOpen = (name: string): boolean => policy(name) === "missing" || policy(name) === "flag";
  const types = inputs.flatMap(({ name, dtype }): (readonly [string, string])[] => {
    const field = found.find((each) => each.name === name);
    if (field === undefined || !isText(file)) return [];
    if (dtype !== "string" && (isOpen(name) || field.dtype === "string")) return [[name, "string"]];
    if (field.dtype === dtype || (isNumber(field.dtype) && isWhole(dtype))) return [];
    const wanted = dtype === "float32" ? "float64" : dtype;
    return field.dtype === wanted ? [] : [[name, wanted]];
  });
  return createExtension(registry, sourceOf(file, Object.fromEntries(types)), context);
}

function isWhole(dtype: Field["dtype"]): boolean {
  return dtype === "int64" || dtype === "int32" || dtype === "uint8";
}

function isNumber(dtype: Field["dtype"]): boolean {
  return isWhole(dtype) || dtype === "float64" || dtype === "float32";
}

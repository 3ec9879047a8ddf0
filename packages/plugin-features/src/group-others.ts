import type { Graph, Value } from "@millrace/core";
import type { Chosen } from "./choose-categories.js";
import { codeField, gatherCodes } from "./codes.js";

/** Codes of `kept` with what is none of them as the category `other`, the last, or the one that has its name; missing stays missing. As they are where `other` is null. */
export function groupOthers(code: Value, { kept, other }: Chosen, graph: Graph): Value {
  if (other === null) return code;
  const categories = kept.includes(other) ? kept : [...kept, other];
  const table = [...kept.keys(), categories.length, categories.indexOf(other)];
  return gatherCodes(table, code, codeField(code.field.name, categories), graph);
}

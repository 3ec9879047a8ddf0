import { MillraceError, readModel } from "@millrace/core";
import { durationMs, parseBytes, type ServerConfig } from "@millrace/core/model";
import type { MeasuredCost } from "./replay-golden.js";

/** Operators whose graphs may run for ever. */
const UNBOUNDED: ReadonlySet<string> = new Set(["Loop", "If", "Scan"]);

/** Why a file runs in a process of its own before anything of it has run; null: nothing speaks against this process. */
export function mustIsolate(onnx: Uint8Array, { engine }: ServerConfig): string | null {
  if (onnx.length > parseBytes(engine.size)) return `its file is longer than ${engine.size}`;
  const operators = operatorsOf(onnx);
  if (operators === null) return "its graph holds what Millrace cannot look into";
  const found = operators.find((op) => UNBOUNDED.has(op));
  return found === undefined ? null : `its graph has the operator ${found}`;
}

/** Why a model that was measured runs in a process of its own; null: it may stay. */
export function tooSlow({ rows64 }: MeasuredCost, { engine }: ServerConfig): string | null {
  return rows64 <= durationMs(engine.cost) ? null : `64 rows take it ${rows64.toFixed(1)} ms, more than ${engine.cost}`;
}

/** Null where a node holds a graph of its own, or anything else that `readModel` does not know. */
function operatorsOf(onnx: Uint8Array): readonly string[] | null {
  try {
    return readModel(onnx).nodes.map(({ op }) => op);
  } catch (error) {
    if (MillraceError.is(error, "GRAPH_UNSUPPORTED")) return null;
    throw error;
  }
}

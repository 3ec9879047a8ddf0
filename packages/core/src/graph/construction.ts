import type { Value } from "../contracts/graph.js";
import { MillraceError } from "../errors/millrace-error.js";
import { createSsa, type Definition, type Ssa } from "./ssa.js";

/** A graph under construction, as the parts of the writer share it. */
export interface Construction {
  readonly ssa: Ssa;
  /** Operator sets by domain, raised only by what needs more. */
  readonly opsets: Map<string, number>;
  /** Throws GRAPH_FOREIGN_VALUE for a value of another graph. */
  define(value: Value): Definition;
}

export function createConstruction(): Construction {
  const ssa = createSsa();
  return {
    ssa,
    opsets: new Map([["", 17]]),
    define(value) {
      const definition = ssa.definition(value.name);
      if (definition !== null) return definition;
      throw new MillraceError({
        code: "GRAPH_FOREIGN_VALUE",
        message: `The value "${value.field.name}" (${value.name}) belongs to another graph.`,
        mend: "Use values that this graph's input, constant, node, code, stack or splice returned.",
      });
    },
  };
}

/** States that a domain's operator set is needed at least in this version (ai.onnx 17 and ai.onnx.ml 3 are the least that is stated). */
export function need(opsets: Map<string, number>, domain: string, opset: number): void {
  const least = domain === "ai.onnx.ml" ? 3 : domain === "" ? 17 : 1;
  opsets.set(domain, Math.max(opsets.get(domain) ?? least, opset));
}

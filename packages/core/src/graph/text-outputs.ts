import { encodeModel } from "./encode.js";
import type { GraphModel, GraphNode, Port } from "./graph-model.js";
import { inferTypes } from "./infer/model-types.js";
import { readModel } from "./read.js";
import { cut } from "./split.js";
import { isBatch, widthOfDims } from "./tensor-type.js";

/** A text output as the texts that it can be, and the int64 or int32 output that says which. */
export interface TextOutput {
  readonly codes: string;
  readonly texts: readonly string[];
}

/** A model that gives codes where it gave texts. */
export interface TextCut {
  readonly model: Uint8Array;
  /** By the name of the output that is no longer there. */
  readonly texts: ReadonlyMap<string, TextOutput>;
}

/**
 * The other end of `split`: an output that looks up a table of texts (a label) leaves as the codes of the look-up, so that texts are
 * made once per entry and not once per row. A pure function of the file; null where no output is such a look-up.
 */
export function cutTextOutputs(bytes: Uint8Array): TextCut | null {
  const model = readModel(bytes);
  const types = inferTypes(model);
  const texts = new Map<string, TextOutput>();
  const outputs = new Map<string, Port>();
  for (const output of model.outputs) {
    const lookup = model.nodes.find((node) => node.outputs.includes(output.name));
    const found = lookup === undefined ? null : lookedUp(model, lookup);
    const type = found === null ? undefined : types.get(found.codes);
    const isCode = type !== undefined && (type.dtype === "int64" || type.dtype === "int32") && isBatch(type.dims) && widthOfDims(type.dims) === 1;
    if (found === null || !isCode) outputs.set(output.name, output);
    else {
      texts.set(output.name, found);
      outputs.set(found.codes, { name: found.codes, type });
    }
  }
  return texts.size === 0 ? null : { model: encodeModel(cut(model, model.nodes, model.inputs, [...outputs.values()])), texts };
}

/** A Gather in a constant list of texts, by codes that a node computes. */
function lookedUp(model: GraphModel, { op, domain, inputs }: GraphNode): TextOutput | null {
  const [table, codes] = inputs;
  const texts = op === "Gather" && domain === "" ? model.constants.get(table!) : undefined;
  const isComputed = model.nodes.some(({ outputs }) => outputs.includes(codes!));
  return texts?.dtype === "string" && texts.dims.length === 1 && isComputed ? { codes: codes!, texts: texts.values } : null;
}

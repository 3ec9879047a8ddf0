import type { Field } from "../contracts/frame.js";
import type { Json } from "../contracts/json.js";
import type { Signature } from "../contracts/model.js";
import { MillraceError } from "../errors/millrace-error.js";
import { canonicalJson } from "../fold/digest.js";

const KEY = "millrace.signature";

/** What the file says of itself: the signature, and two sentences for strangers. */
export function metadataOf(signature: Signature): ReadonlyMap<string, string> {
  return new Map([
    [KEY, canonicalJson(signature as unknown as Json)],
    ["millrace.missing.number", "NaN is missing."],
    ["millrace.missing.text", "An empty string is missing."],
  ]);
}

/** The signature in a file's metadata; null where there is none. Throws GRAPH_INVALID where it is damaged. */
export function signatureIn(metadata: ReadonlyMap<string, string>): Signature | null {
  const text = metadata.get(KEY);
  if (text === undefined) return null;
  try {
    return JSON.parse(text) as Signature;
  } catch (cause) {
    throw new MillraceError({ code: "GRAPH_INVALID", message: `The file's ${KEY} is not JSON.`, mend: "Make the file again with: millrace run", cause });
  }
}

/** The signature must tell of the columns that the outputs need, among those declared, and of all outputs in order. Throws GRAPH_SIGNATURE. */
export function checkSignature(signature: Signature, declared: readonly Field[], used: readonly Field[], outputs: readonly Field[]): void {
  const told = new Set(signature.inputs.map(({ name }) => name));
  const dtypes = new Map(declared.map(({ name, dtype }) => [name, dtype]));
  const unknown = signature.inputs.filter(({ name, dtype }) => dtypes.get(name) !== dtype);
  const untold = used.filter(({ name }) => !told.has(name));
  const order = declared.filter(({ name }) => told.has(name)).map(({ name }) => name);
  if (unknown.length > 0) throw wrong(`it tells of inputs that the graph has not: ${list(unknown)}`);
  if (untold.length > 0) throw wrong(`it leaves out inputs that the outputs need: ${list(untold)}`);
  if (order.join("\n") !== signature.inputs.map(({ name }) => name).join("\n")) throw wrong(`its inputs stand in another order than the graph's: ${order.join(", ")}`);
  if (list(signature.outputs) !== list(outputs)) throw wrong(`its outputs are ${list(signature.outputs)}, and the graph's are ${list(outputs)}`);
}

function list(fields: readonly Field[]): string {
  return fields.map(({ name, dtype }) => `${name} (${dtype})`).join(", ");
}

function wrong(what: string): MillraceError {
  return new MillraceError({ code: "GRAPH_SIGNATURE", message: `The signature does not fit the graph: ${what}.`, mend: "Make it from the writer's inputs() and outputs()." });
}

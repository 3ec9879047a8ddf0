import { isDatatype, type Datatype } from "./datatype.js";
import { quoted, tensorError } from "./tensor-error.js";

export interface GivenTensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  /** Flat or nested JSON; undefined where the values are bytes. */
  readonly data: unknown;
  /** How many bytes of the body hold the values; null: they are JSON. */
  readonly binaryBytes: number | null;
}

export interface InferRequest {
  readonly id: string | null;
  readonly inputs: readonly GivenTensor[];
  /** Null: all outputs. */
  readonly outputs: readonly WantedOutput[] | null;
  /** For outputs that do not say. */
  readonly binaryOutput: boolean;
}

export interface WantedOutput {
  readonly name: string;
  /** Null: as the request says. */
  readonly binary: boolean | null;
  /** So many of the greatest values, with their places, in the stead of all; 0: all as they are. */
  readonly classes: number;
}

type Tree = Readonly<Record<string, unknown>>;

/** The JSON of an infer request, checked as far as that needs no model. Throws SERVE_TENSOR. */
export function readInferRequest(body: unknown): InferRequest {
  if (!isTree(body)) throw tensorError("The request is no object.");
  const { id, inputs, outputs } = body;
  if (id !== undefined && typeof id !== "string") throw tensorError('"id" is no text.');
  if (!Array.isArray(inputs) || inputs.length === 0) throw tensorError('"inputs" is no list of tensors.');
  const parameters = parametersOf(body, "the request");
  const given = inputs.map(tensorOf);
  refuseTwice(given, "input");
  return { id: id ?? null, inputs: given, outputs: outputs === undefined || (Array.isArray(outputs) && outputs.length === 0) ? null : outputsOf(outputs), binaryOutput: truth(parameters, "binary_data_output", "the request") ?? false };
}

function tensorOf(tensor: unknown): GivenTensor {
  if (!isTree(tensor) || typeof tensor["name"] !== "string") throw tensorError("An input has no name.");
  const { name, datatype, shape, data } = tensor;
  const what = `Input ${quoted(name)}`;
  if (!isDatatype(datatype)) throw tensorError(`${what} has no known datatype.`, "Use BOOL, INT8 to INT64, UINT8 to UINT64, FP16, BF16, FP32, FP64 or BYTES.");
  if (!Array.isArray(shape) || shape.length > 16 || !shape.every((size) => Number.isSafeInteger(size) && (size as number) >= 0)) throw tensorError(`${what} has no shape of whole numbers from 0.`);
  const size = parametersOf(tensor, what)["binary_data_size"];
  if (size !== undefined && !(Number.isSafeInteger(size) && (size as number) >= 0)) throw tensorError(`${what} has a binary_data_size that is no whole number from 0.`);
  if ((size === undefined) === (data === undefined)) throw tensorError(`${what} has ${size === undefined ? "neither" : "both"} "data" ${size === undefined ? "nor" : "and"} a binary_data_size.`);
  return { name, datatype, shape: shape as number[], data, binaryBytes: (size as number | undefined) ?? null };
}

function outputsOf(outputs: unknown): readonly WantedOutput[] {
  if (!Array.isArray(outputs)) throw tensorError('"outputs" is no list.');
  const wanted = outputs.map((output): WantedOutput => {
    if (!isTree(output) || typeof output["name"] !== "string") throw tensorError("An output has no name.");
    const { name } = output;
    const what = `Output ${quoted(name)}`;
    const parameters = parametersOf(output, what);
    const classes = Object.hasOwn(parameters, "classification") ? parameters["classification"] : 0;
    if (!Number.isSafeInteger(classes) || (classes as number) < 0) throw tensorError(`${what} has a classification that is no whole number from 0.`);
    return { name, binary: truth(parameters, "binary_data", what), classes: classes as number };
  });
  refuseTwice(wanted, "output");
  return wanted;
}

function parametersOf(tree: Tree, what: string): Tree {
  const { parameters } = tree;
  if (parameters === undefined) return {};
  if (!isTree(parameters) || !Object.values(parameters).every((value) => ["string", "number", "boolean", "bigint"].includes(typeof value))) throw tensorError(`${what} has parameters that are no flat object of texts, numbers and truth values.`);
  return parameters;
}

function truth(parameters: Tree, name: string, what: string): boolean | null {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined) return null;
  if (typeof value !== "boolean") throw tensorError(`${what} has a parameter ${name} that is neither true nor false.`);
  return value;
}

function refuseTwice(named: readonly { readonly name: string }[], what: string): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name)) throw tensorError(`The ${what} ${quoted(name)} is given twice.`);
    seen.add(name);
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

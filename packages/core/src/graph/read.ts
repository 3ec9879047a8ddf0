import type { Attribute, Tensor } from "../contracts/graph.js";
import type { Signature } from "../contracts/model.js";
import { MillraceError } from "../errors/millrace-error.js";
import type { Attributes } from "./attributes.js";
import type { GraphModel, GraphNode, Port } from "./graph-model.js";
import { DTYPE_OF } from "./onnx-dtype.js";
import { ATTRIBUTE, onnxLibrary, type IAttributeProto, type IModelProto, type INodeProto, type ITensorProto, type IValueInfoProto } from "./proto.js";
import { signatureIn } from "./signature.js";
import { fromBytes } from "./tensor-bytes.js";

/** U+FEFF at the beginning of a text is a character of it. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** An ONNX file as plain data. Throws GRAPH_INVALID for bytes that are none, and GRAPH_UNSUPPORTED for what Millrace's graphs do not hold. */
export function readModel(bytes: Uint8Array): GraphModel {
  try {
    return modelOf(onnxLibrary().ModelProto.decode(bytes));
  } catch (cause) {
    if (MillraceError.is(cause)) throw cause;
    throw invalid(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** The signature that a file carries. Throws GRAPH_INVALID where it carries none. */
export function signatureOf(bytes: Uint8Array): Signature {
  const signature = signatureIn(readModel(bytes).metadata);
  if (signature === null) throw invalid("it carries no millrace.signature");
  return signature;
}

function modelOf(model: IModelProto): GraphModel {
  const graph = model.graph;
  if (!graph) throw invalid("it holds no graph");
  const constants = new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? "", tensorOf(tensor)]));
  return {
    name: graph.name ?? "",
    opsets: new Map((model.opsetImport ?? []).map(({ domain, version }) => [canonicalDomain(domain), Number(int64Of(version))])),
    // Before IR 4, initialisers stood among the inputs too.
    inputs: (graph.input ?? []).filter(({ name }) => !constants.has(name ?? "")).map(portOf),
    outputs: (graph.output ?? []).map(portOf),
    constants,
    nodes: ordered(graph.node ?? []),
    metadata: new Map((model.metadataProps ?? []).map(({ key, value }) => [key ?? "", value ?? ""])),
  };
}

function ordered(nodes: readonly INodeProto[]): readonly GraphNode[] {
  return nodes.map((node) => ({
    op: node.opType ?? "",
    domain: canonicalDomain(node.domain),
    inputs: node.input ?? [],
    outputs: node.output ?? [],
    attributes: attributesOf(node),
  }));
}

/** `ai.onnx` is the long name of the domain "". */
function canonicalDomain(domain: string | null | undefined): string {
  return domain === "ai.onnx" ? "" : (domain ?? "");
}

function portOf({ name, type }: IValueInfoProto): Port {
  const tensor = type?.tensorType;
  if (!tensor) throw unsupported(`"${name}" is no tensor`);
  const dims = (tensor.shape?.dim ?? []).map(({ dimValue, dimParam }) => (dimParam || dimValue === null || dimValue === undefined ? null : Number(int64Of(dimValue))));
  return { name: name ?? "", type: { dtype: dtypeOf(tensor.elemType, name), dims } };
}

function dtypeOf(number: number | null | undefined, name: string | null | undefined): Tensor["dtype"] {
  const dtype = DTYPE_OF.get(number ?? 0);
  if (dtype === undefined) throw unsupported(`"${name ?? ""}" is of ONNX's dtype ${number}`);
  return dtype;
}

function attributesOf(node: INodeProto): Attributes {
  return Object.fromEntries((node.attribute ?? []).map((attribute) => [attribute.name ?? "", attributeOf(node, attribute)]));
}

function attributeOf(node: INodeProto, attribute: IAttributeProto): Attribute {
  switch (attribute.type as number) {
    case ATTRIBUTE.INT:
      return int64Of(attribute.i);
    case ATTRIBUTE.FLOAT:
      return attribute.f ?? 0;
    case ATTRIBUTE.STRING:
      return utf8.decode(attribute.s ?? new Uint8Array());
    case ATTRIBUTE.INTS:
      return BigInt64Array.from(attribute.ints ?? [], int64Of);
    case ATTRIBUTE.FLOATS:
      return Float32Array.from(attribute.floats ?? []);
    case ATTRIBUTE.STRINGS:
      return (attribute.strings ?? []).map((text) => utf8.decode(text));
    case ATTRIBUTE.TENSOR:
      return tensorOf(attribute.t ?? {});
    default:
      throw unsupported(`${node.opType} has a sub-graph or another attribute ("${attribute.name}") that holds no plain value`);
  }
}

function tensorOf(tensor: ITensorProto): Tensor {
  const dtype = dtypeOf(tensor.dataType, tensor.name);
  const dims = (tensor.dims ?? []).map((size) => Number(int64Of(size)));
  if (tensor.externalData && tensor.externalData.length > 0) throw unsupported(`the values of "${tensor.name}" are in another file`);
  const result = valuesOf(tensor, dtype, dims);
  const count = dims.reduce((product, size) => product * size, 1);
  if (result.values.length !== count) throw invalid(`"${tensor.name}" holds ${result.values.length} values for [${dims.join(", ")}]`);
  return result;
}

function valuesOf(tensor: ITensorProto, dtype: Tensor["dtype"], dims: readonly number[]): Tensor {
  if (dtype === "string") return { dtype, dims, values: (tensor.stringData ?? []).map((text) => utf8.decode(text)) };
  if (tensor.rawData && tensor.rawData.length > 0) return fromBytes(dtype, dims, tensor.rawData);
  switch (dtype) {
    case "float32":
      return { dtype, dims, values: Float32Array.from(tensor.floatData ?? []) };
    case "float64":
      return { dtype, dims, values: Float64Array.from(tensor.doubleData ?? []) };
    case "int64":
      return { dtype, dims, values: BigInt64Array.from(tensor.int64Data ?? [], int64Of) };
    case "int32":
      return { dtype, dims, values: Int32Array.from(tensor.int32Data ?? []) };
    case "bool":
      return { dtype, dims, values: Uint8Array.from(tensor.int32Data ?? []) };
  }
}

/** protobufjs gives a number, or the two halves of a Long. */
function int64Of(value: IAttributeProto["i"] | undefined): bigint {
  if (value === null || value === undefined) return 0n;
  return typeof value === "number" ? BigInt(value) : (BigInt(value.high) << 32n) | BigInt(value.low >>> 0);
}

function invalid(what: string, cause?: unknown): MillraceError {
  return new MillraceError({ code: "GRAPH_INVALID", message: `These bytes are no whole ONNX file: ${what}.`, mend: "Make the file again with: millrace run", cause });
}

function unsupported(what: string): MillraceError {
  return new MillraceError({ code: "GRAPH_UNSUPPORTED", message: `This ONNX file holds what Millrace's graphs do not: ${what}.`, mend: "Serve such a file as it is, without splitting or splicing it." });
}

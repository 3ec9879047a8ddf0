import { widthOf, type Field } from "@millrace/core";
import type { Served } from "../../models/served.js";
import { datatypeOf, type Datatype } from "./datatype.js";
import { PLATFORM } from "./metadata.js";

/** `GET /v2/models/{name}/config`: the model configuration extension of Triton, as far as it says something of a model here. Dimensions are without the rows. */
export function modelConfig({ model, number, inputs, outputs }: Pick<Served, "model" | "number" | "inputs" | "outputs">, mostRows: number): object {
  return { name: model, platform: PLATFORM, backend: "onnxruntime", version_policy: { specific: { versions: [number] } }, max_batch_size: mostRows, input: inputs.map(tensor), output: outputs.map(tensor) };
}

function tensor(field: Field): object {
  return { name: field.name, data_type: typeOf(datatypeOf(field)), dims: [widthOf(field)] };
}

function typeOf(datatype: Datatype): string {
  return `TYPE_${datatype === "BYTES" ? "STRING" : datatype}`;
}

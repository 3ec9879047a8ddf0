import { widthOf, type Field } from "@millrace/core";
import type { Served } from "../../models/served.js";
import { datatypeOf } from "./datatype.js";

export const EXTENSIONS = ["binary_tensor_data", "model_repository", "statistics"] as const;

/** `GET /v2`. */
export function serverMetadata(version: string): object {
  return { name: "millrace", version, extensions: EXTENSIONS };
}

/** `GET /v2/models/{name}`. */
export function modelMetadata({ model, number, inputs, outputs }: Served, versions: readonly number[]): object {
  return { name: model, versions: versions.map(String), platform: "onnx_onnxv1", inputs: inputs.map(tensor), outputs: outputs.map(tensor), properties: { version: String(number) } };
}

function tensor(field: Field): object {
  return { name: field.name, datatype: datatypeOf(field), shape: [-1, widthOf(field)] };
}

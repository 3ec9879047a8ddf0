import { widthOf, type Field } from "@millrace/core";
import type { Served } from "../../models/served.js";
import { datatypeOf } from "./datatype.js";

export const EXTENSIONS = ["binary_tensor_data", "classification", "model_configuration", "model_repository", "statistics"] as const;

export const PLATFORM = "onnx_onnxv1";

/** `GET /v2`. */
export function serverMetadata(version: string): object {
  return { name: "millrace", version, extensions: EXTENSIONS };
}

/** `GET /v2/models/{name}`. */
export function modelMetadata({ model, number, inputs, outputs }: Served, versions: readonly number[]): object {
  return { name: model, versions: versions.map(String), platform: PLATFORM, inputs: inputs.map(tensor), outputs: outputs.map(tensor), properties: { version: String(number) } };
}

function tensor(field: Field): object {
  return { name: field.name, datatype: datatypeOf(field), shape: [-1, widthOf(field)] };
}

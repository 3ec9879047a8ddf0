import type { Field, Seen } from "@millrace/core";
import type { Served } from "../../models/served.js";
import { rangeText } from "../../openapi/value-schema.js";

/** `GET /v1/models/{name}`: what goes in and what comes out. */
export function describeModel({ model, number, version, signature, inputs, outputs, pii, lane, cost }: Served): object {
  return {
    model,
    version: number,
    createdAt: version.createdAt,
    problem: signature.problem,
    inputs: inputs.map((field) => ({ ...plain(field), ...(pii.has(field.name) ? {} : range(field, signature.seen[field.name])) })),
    outputs: outputs.map(plain),
    runs: lane.place,
    milliseconds: { one: cost.one, rows64: cost.rows64 },
  };
}

function plain({ name, dtype, nullable, shape }: Field): object {
  return { name, type: dtype, nullable, ...((shape ?? []).length > 0 ? { shape } : {}) };
}

function range(field: Field, seen: Seen | undefined): object {
  if (seen === undefined) return {};
  return seen.kind === "number" ? { minimum: rangeText(field, seen.minimum), maximum: rangeText(field, seen.maximum) } : { categories: seen.values };
}

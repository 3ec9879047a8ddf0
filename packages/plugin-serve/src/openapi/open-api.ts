import { widthOf, type Field } from "@millrace/core";
import type { ServerConfig } from "@millrace/core/model";
import type { ModelPath } from "../http/route.js";
import type { Served } from "../models/served.js";
import type { PredictLimits } from "../protocol/predict-limits.js";
import type { Policy } from "../inputs/column-reader.js";
import { exampleRow } from "./example-row.js";
import { valueSchema, type JsonSchema } from "./value-schema.js";

type OpenApiParts = Pick<Served, "model" | "number" | "signature" | "inputs" | "outputs" | "pii">;

export interface OpenApiOptions {
  readonly limits: PredictLimits;
  readonly checks: InputChecks;
  /** Of Millrace. */
  readonly version: string;
}

/** What the config says of rows. */
export type InputChecks = Pick<ServerConfig, "inputs" | "unknown">;

/** The OpenAPI 3.1 document of a model, by the name that `path` gives it: its columns by name, type, range and categories. */
export function openApi(served: OpenApiParts, path: ModelPath, options: OpenApiOptions): object {
  const { model, number, inputs } = served;
  const { version } = options;
  const fails = Object.fromEntries(Object.entries(FAILURES).map(([status, description]) => [status, { description, content: { "application/json": { schema: ref("Error") } } }]));
  return {
    openapi: "3.1.0",
    info: { title: model, version: `${number}`, description: `Predictions of ${model}, version ${number}, by Millrace ${version}.` },
    paths: {
      [`/v1/models/${model}${path.version === null ? "" : `/versions/${path.version}`}${path.alias === null ? "" : `/aliases/${path.alias}`}/predict`]: {
        post: {
          operationId: "predict",
          summary: "Predicts for rows.",
          requestBody: { required: true, content: { "application/json": { schema: ref("Request"), example: { rows: [exampleRow(inputs, served.signature.seen, served.pii)] } } } },
          responses: { "200": { description: "One answer per row, in their order.", content: { "application/json": { schema: ref("Answer") } } }, ...fails },
          security: [{}, { bearer: [] }, { key: [] }],
        },
      },
    },
    components: { schemas: schemas(served, options), securitySchemes: { bearer: { type: "http", scheme: "bearer" }, key: { type: "apiKey", in: "header", name: "X-Api-Key" } } },
  };
}

const FAILURES = {
  400: "The body or a value in it is not allowed; row and column are named.",
  401: "There is no valid API key.",
  403: "The API key lacks the scope infer.",
  404: "There is no such model, version or alias.",
  408: "The request took too long to come.",
  413: "The body is too long, or has too many rows.",
  415: "The Content-Encoding is not known.",
  422: "An answer holds NaN or an infinity, and the server refuses to write them.",
  429: "The client sends too much; see Retry-After.",
  500: "The model failed on these rows; the row is named where it is known.",
  503: "The server is busy, or the model cannot answer; see Retry-After.",
  504: "The time of the request was up.",
} as const;

function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

function rowSchema({ inputs, signature, pii }: OpenApiParts, checks: InputChecks): JsonSchema {
  const policyOf = (name: string): Policy | null => (Object.hasOwn(checks.inputs, name) ? checks.inputs[name]! : null);
  const isNeeded = ({ name }: Field): boolean => policyOf(name) === null || policyOf(name) === "refuse";
  return {
    type: "object",
    properties: Object.fromEntries(inputs.map((field) => [field.name, valueSchema(field, { seen: signature.seen[field.name], isMasked: pii.has(field.name), policy: policyOf(field.name) })])),
    required: inputs.filter(isNeeded).map(({ name }) => name),
    additionalProperties: checks.unknown === "ignore",
  };
}

function schemas(served: OpenApiParts, { limits: { rows }, checks }: OpenApiOptions): JsonSchema {
  const { outputs } = served;
  return {
    Row: rowSchema(served, checks),
    Request: {
      type: "object",
      properties: { rows: { type: "array", items: ref("Row"), minItems: 1, maxItems: rows }, outputs: { type: "array", items: { enum: outputs.map(({ name }) => name) }, description: "Outputs to answer with; left out, all." } },
      required: ["rows"],
      additionalProperties: false,
    },
    Prediction: { type: "object", properties: Object.fromEntries(outputs.map((field) => [field.name, outputSchema(field)])) },
    Flag: { type: "object", properties: { row: { type: "integer" }, column: { type: "string" }, kind: { enum: ["absent", "type", "range", "category"] } }, required: ["row", "column", "kind"] },
    Answer: {
      type: "object",
      properties: { model: { type: "string" }, version: { type: "integer" }, id: { type: "string", description: "The id of the request." }, rows: { type: "array", items: ref("Prediction") }, flags: { type: "array", items: ref("Flag"), description: "Values that passed, and that training did not see." } },
      required: ["model", "version", "id", "rows"],
    },
    Error: { type: "object", properties: { error: { type: "string" }, code: { type: "string" }, mend: { type: "string" }, row: { type: "integer" }, column: { type: "string" } }, required: ["error", "code", "mend"] },
  };
}

function outputSchema(field: Field): JsonSchema {
  const type = field.dtype === "string" ? "string" : field.dtype === "bool" ? "boolean" : "number";
  return (field.shape ?? []).length === 0 ? { type: [type, "null"] } : { type: "array", items: { type: [type, "null"] }, minItems: widthOf(field), maxItems: widthOf(field) };
}

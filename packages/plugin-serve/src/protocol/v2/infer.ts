import type { Batch } from "../../engine/batch.js";
import { answerBytes } from "../../http/answer.js";
import type { Exchange } from "../../http/exchange.js";
import { checkDepth, textOf } from "../../http/parse-json.js";
import { readBody } from "../../http/read-body.js";
import { tooManyRows, type PredictLimits } from "../predict-limits.js";
import type { Served } from "../../models/served.js";
import { runRows, type Answer, type PredictParts } from "../run-rows.js";
import { parseExactJson } from "./exact-json.js";
import { readInferRequest, type InferRequest } from "./infer-request.js";
import { rawRequest, type WholeRequest } from "./raw-request.js";
import { readInputs } from "./read-inputs.js";
import { splitBody } from "./split-body.js";
import { quoted, tensorError } from "./tensor-error.js";
import { hasClasses, labelsOf } from "./classification.js";
import { writeOutputs, type Output } from "./write-outputs.js";

/** Answers `POST /v2/models/{name}/infer`, in JSON and with binary tensors. */
export async function infer(exchange: Exchange, served: Served, parts: PredictParts): Promise<void> {
  const { limits, room } = parts;
  const body = await readBody(exchange, limits.bodyBytes, room);
  await runRows(exchange, served, parts, (batch) => readInfer(exchange, served, limits, body, batch));
}

function readInfer(exchange: Exchange, served: Served, limits: PredictLimits, body: Buffer, batch: Batch): Answer {
  const { request, rest } = wholeRequest(exchange, served, limits, body);
  const outputs = wanted(request, served);
  // The answer needs no more of the request than its id.
  const { id } = request;
  const { rows, values } = readInputs(served.inputs, request.inputs, rest);
  if (rows > limits.rows) throw tooManyRows(rows, limits.rows);
  const flags = served.reader.columns(rows, values, batch);
  return (frame, from) => {
    served.meter.answered("v2", (performance.now() - exchange.arrived) / 1_000, rows, flags);
    const { json: list, bytes } = writeOutputs(outputs, frame, from, from + rows, { numbers: limits.numbers, labels: labelsOf(served.signature) });
    const head = id === null ? "" : `"id":${JSON.stringify(id)},`;
    const parameters = flags.length === 0 ? "" : `"parameters":{"flags":${JSON.stringify(JSON.stringify(flags))}},`;
    send(exchange, Buffer.from(`{${head}"model_name":${JSON.stringify(served.model)},"model_version":"${served.number}",${parameters}"outputs":${list}}`, "utf8"), bytes);
  };
}

function send(exchange: Exchange, json: Buffer, bytes: readonly Buffer[]): void {
  if (bytes.length === 0) return answerBytes(exchange, 200, json, "application/json");
  answerBytes(exchange, 200, Buffer.concat([json, ...bytes]), "application/octet-stream", ["inference-header-content-length", String(json.length)]);
}

function wholeRequest(exchange: Exchange, served: Served, limits: PredictLimits, body: Buffer): WholeRequest {
  const { json, rest } = splitBody(body, header(exchange));
  const isRaw = json.length === 0 && header(exchange) !== undefined;
  return isRaw ? rawRequest(served.inputs, rest) : { request: parsed(json, limits), rest };
}

function header({ request }: Exchange): string | undefined {
  const value = request.headers["inference-header-content-length"];
  return Array.isArray(value) ? value.join(",") : value;
}

function parsed(json: Buffer, { depth }: PredictLimits): InferRequest {
  checkDepth(json, depth);
  return readInferRequest(parseExactJson(textOf(json)));
}

function wanted({ outputs, binaryOutput }: InferRequest, served: Served): readonly Output[] {
  if (outputs === null) return served.outputs.map((field) => ({ field, binary: binaryOutput, classes: 0 }));
  return outputs.map(({ name, binary, classes }) => {
    const field = served.outputs.find((one) => one.name === name);
    if (field === undefined) throw tensorError(`The model gives no output ${quoted(name)}.`);
    if (classes > 0 && !hasClasses(field)) throw tensorError(`Output ${quoted(name)} has no numbers to classify by.`, "Ask for the tensor itself.");
    return { field, binary: binary ?? binaryOutput, classes };
  });
}

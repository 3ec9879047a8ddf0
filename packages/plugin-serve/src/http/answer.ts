import type { MillraceError } from "@millrace/core";
import { nextTraceparent } from "../observe/trace-context.js";
import type { Exchange } from "./exchange.js";
import { lingerAfterAnswer } from "./linger.js";
import { statusOf } from "./status.js";

/** Sends JSON text. */
export function answerJson(exchange: Exchange, status: number, text: string, headers: readonly string[] = []): void {
  answer(exchange, status, text, Buffer.byteLength(text, "utf8"), "application/json", headers);
}

export function answerBytes(exchange: Exchange, status: number, body: Buffer, type: string, headers: readonly string[] = []): void {
  answer(exchange, status, body, body.length, type, headers);
}

/** A text leaves in one write together with the head; bytes take two, which a small answer would feel. */
function answer(exchange: Exchange, status: number, body: Buffer | string, length: number, type: string, headers: readonly string[]): void {
  const { request, response, id, trace } = exchange;
  exchange.status = status;
  const traced = trace === null ? NONE : ["traceparent", nextTraceparent(trace)];
  response.writeHead(status, ["content-type", type, "content-length", String(length), "x-request-id", id, ...traced, ...headers]);
  response.end(request.method === "HEAD" ? undefined : body);
}

const NONE: readonly string[] = [];

/** An error as one line of JSON; nothing of it tells of the server's files or keys. */
export function errorText(error: MillraceError): string {
  const known = TEXTS.get(error);
  if (known !== undefined) return known;
  const { code, message, mend, facts } = error;
  const { row, column } = facts;
  const text = JSON.stringify({ error: message, code, mend, ...(row === undefined ? {} : { row }), ...(column === undefined ? {} : { column }) });
  TEXTS.set(error, text);
  return text;
}

/** What refuses because there is too much is one and the same error again and again. */
const TEXTS = new WeakMap<MillraceError, string>();

/** What is left of a body that was refused is read and thrown away where it is no longer; beyond, the connection is closed. */
const SHORT_BYTES = 2 ** 20;

export function answerError(exchange: Exchange, error: MillraceError): void {
  const { request, response } = exchange;
  if (response.headersSent) return void response.destroy();
  const status = statusOf(error);
  const isCut = !request.complete && Number(request.headers["content-length"] ?? Infinity) > SHORT_BYTES;
  if (isCut) lingerAfterAnswer(request);
  const headers = [
    ...(status === 503 || status === 429 ? ["retry-after", String(error.facts["retryAfter"] ?? 1)] : []),
    ...(status === 401 ? ["www-authenticate", "Bearer"] : []),
    ...(status === 405 ? ["allow", String(error.facts["allow"])] : []),
    ...(isCut ? ["connection", "close"] : []),
  ];
  answerJson(exchange, status, errorText(error), headers);
}

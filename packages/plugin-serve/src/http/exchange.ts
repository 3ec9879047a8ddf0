import type { IncomingMessage, ServerResponse } from "node:http";
import { randomBytes } from "node:crypto";
import type { Served } from "../models/served.js";
import { parseTraceparent, type TraceContext } from "../observe/trace-context.js";

/** A request, and where its answer goes. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The client's X-Request-Id where it is a plain one. */
  readonly id: string;
  /** `performance.now()` when its head had come. */
  readonly arrived: number;
  /** Null: none was given, or it was not valid. */
  readonly trace: TraceContext | null;
  /** The model that it reached. */
  served: Served | null;
  /** Bytes of the room for bodies that it holds. */
  held: number;
  /** 0: not answered yet. */
  status: number;
}

const PREFIX = randomBytes(6).toString("hex");
let count = 0;

const PLAIN = /^[A-Za-z0-9._:@/+=-]{1,128}$/;

export function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  const given = request.headers["x-request-id"];
  const id = typeof given === "string" && PLAIN.test(given) ? given : `${PREFIX}-${(++count).toString(36)}`;
  return { request, response, id, arrived: performance.now(), trace: parseTraceparent(request.headers["traceparent"]), served: null, held: 0, status: 0 };
}

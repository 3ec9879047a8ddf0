import { randomBytes } from "node:crypto";

/** A place in a trace, as W3C Trace Context has it. */
export interface TraceContext {
  readonly traceId: string;
  readonly parentId: string;
  readonly flags: string;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** What a traceparent header says; null where there is none or it is not valid: the trace then begins anew elsewhere. */
export function parseTraceparent(header: string | string[] | undefined): TraceContext | null {
  const match = typeof header === "string" ? TRACEPARENT.exec(header) : null;
  if (match === null) return null;
  const [, version, traceId, parentId, flags] = match as unknown as readonly [string, string, string, string, string];
  const isLong = header!.length > 55;
  if (version === "ff" || (version === "00" && isLong) || /^0+$/.test(traceId) || /^0+$/.test(parentId)) return null;
  return { traceId, parentId, flags };
}

/** The header that passes the trace on, with a span of our own. */
export function nextTraceparent({ traceId, flags }: TraceContext): string {
  return `00-${traceId}-${randomBytes(8).toString("hex")}-${flags}`;
}

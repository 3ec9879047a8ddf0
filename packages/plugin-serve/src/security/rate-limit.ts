import { MillraceError } from "@millrace/core";
import { LRUCache } from "lru-cache";

/** Throws SERVE_RATE where a client has sent too much. */
export type RateLimit = (client: string) => void;

/** Clients that are remembered: beyond these, the one that was quiet longest starts anew. */
const MOST_CLIENTS = 10_000;

/** A bucket of `burst` requests for each client, which fills at `rate` a second (0: no limit). `now` in milliseconds. */
export function createRateLimit(rate: number, burst: number, now: () => number): RateLimit {
  if (rate === 0) return () => {};
  // Made once for each time to wait: a refusal is to cost next to nothing, and to find where an error comes from takes longer than all else.
  const refusals = new LRUCache<number, MillraceError>({ max: 100 });
  const refusal = (retryAfter: number): MillraceError => {
    const error = refusals.get(retryAfter) ?? new MillraceError({ code: "SERVE_RATE", message: `More than ${rate} requests a second came from this client.`, mend: "Try again after the time that the header Retry-After names.", facts: { retryAfter } });
    refusals.set(retryAfter, error);
    return error;
  };
  const buckets = new LRUCache<string, { tokens: number; at: number }>({ max: MOST_CLIENTS });
  return (client) => {
    const at = now();
    const bucket = buckets.get(client) ?? { tokens: burst, at };
    const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1_000) * rate);
    buckets.set(client, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
    if (tokens >= 1) return;
    throw refusal(Math.ceil((1 - tokens) / rate));
  };
}

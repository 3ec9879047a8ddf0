import type { IncomingMessage, RequestListener } from "node:http";
import { MillraceError, type Log } from "@millrace/core";
import type { ServerMeter } from "../observe/server-meter.js";
import type { Scope } from "../security/api-keys.js";
import type { Guard } from "../security/guard.js";
import type { RateLimit } from "../security/rate-limit.js";
import { answerError } from "./answer.js";
import type { BodyRoom } from "./body-room.js";
import { exchangeOf, type Exchange } from "./exchange.js";
import { routeOf, type Route } from "./route.js";
import { ROUTE_FACTS } from "./route-facts.js";
import { forClient } from "./status.js";

/** Answers routes of one kind. */
export type Handler<K extends Route["kind"] = Route["kind"]> = (exchange: Exchange, route: Extract<Route, { readonly kind: K }>) => Promise<void> | void;

export type Handlers = { readonly [K in Route["kind"]]: Handler<K> };

export interface ListenerParts {
  readonly handlers: Handlers;
  readonly guard: Guard;
  readonly rateLimit: RateLimit;
  readonly room: BodyRoom;
  readonly meter: ServerMeter;
  readonly log: Log;
  /** Whether each request is logged, or those alone that fail by the server's fault. */
  readonly logsRequests: boolean;
}

/** Every request comes through here: one guard, and one place where failures become answers. */
export function createListener({ handlers, guard, rateLimit, room, meter, log, logsRequests }: ListenerParts): RequestListener {
  const routes = rememberedRoutes();
  async function answer(exchange: Exchange): Promise<void> {
    const { request } = exchange;
    try {
      const route = routes(request.url ?? "/");
      if (route === null) throw new MillraceError({ code: "SERVE_NOT_FOUND", message: "There is nothing at this path.", mend: "See GET /v1/models for what is served." });
      const { methods, scope } = ROUTE_FACTS[route.kind];
      if (!methods.includes(request.method!)) throw new MillraceError({ code: "SERVE_METHOD", message: `This path takes ${methods.join(", ")}.`, mend: `Send it with ${methods[0]!}.`, facts: { allow: methods.join(", ") } });
      const client = known(request, scope);
      if (scope !== null) rateLimit(client);
      await (handlers[route.kind] as Handler)(exchange, route);
    } catch (error) {
      fail(exchange, error);
    }
    if (exchange.held > 0) room.hold(exchange, 0);
    if (logsRequests) log.info(factsOf(exchange), "request");
  }
  /** Who has no key that is good counts by its address: keys are not guessed faster than anything else is asked. */
  function known(request: IncomingMessage, scope: Scope | null): string {
    try {
      return guard(request, scope);
    } catch (error) {
      rateLimit(request.socket.remoteAddress ?? "");
      throw error;
    }
  }
  function fail(exchange: Exchange, error: unknown): void {
    const told = forClient(error);
    if (told.code === "SERVE_FAILED") logFailure(exchange, told.cause ?? told);
    if (exchange.served === null) meter.refuse(told.code);
    else exchange.served.meter.failed(told.code);
    if (told.code === "SERVE_ABORTED") return void exchange.response.destroy();
    answerError(exchange, told);
  }
  /** What a runtime says of a failure may hold values of the rows: it is in the debug log alone. */
  function logFailure(exchange: Exchange, cause: unknown): void {
    const at = cause instanceof Error ? cause.stack?.split("\n").filter((line) => /^\s+at /.test(line)).map((line) => line.trim()) : undefined;
    log.error({ ...factsOf(exchange), cause: MillraceError.is(cause) ? cause.code : cause instanceof Error ? cause.name : typeof cause, at }, "a request failed");
    log.debug({ id: exchange.id, err: cause }, "why a request failed");
  }
  return (request, response) => {
    // Behind the end of its connection there is no answer to a request.
    if (request.socket.writable) void answer(exchangeOf(request, response));
    else request.socket.destroy();
  };
}

/** What a line of the log tells of a request: no header, no query, nothing of its body. */
function factsOf({ request, id, trace, served, status, arrived }: Exchange): object {
  return {
    id,
    ...(trace === null ? {} : { trace: trace.traceId }),
    method: request.method,
    path: request.url?.split("?")[0]?.slice(0, 256),
    ...(served === null ? {} : { model: served.model, version: served.number }),
    ...(status === 0 ? {} : { status }),
    milliseconds: Math.round((performance.now() - arrived) * 1_000) / 1_000,
  };
}

/** Clients ask the same few paths: what they mean is kept, up to a bound. */
function rememberedRoutes(): (url: string) => Route | null {
  const known = new Map<string, Route | null>();
  return (url) => {
    const found = known.get(url);
    if (found !== undefined) return found;
    const route = routeOf(url);
    if (known.size < MOST_REMEMBERED && url.length < 512) known.set(url, route);
    return route;
  };
}

const MOST_REMEMBERED = 1_000;

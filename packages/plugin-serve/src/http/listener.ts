import type { RequestListener } from "node:http";
import { MillraceError, type Log } from "@millrace/core";
import type { Guard } from "../security/guard.js";
import { answerError } from "./answer.js";
import { exchangeOf, type Exchange } from "./exchange.js";
import { routeOf, type Route } from "./route.js";
import { ROUTE_FACTS } from "./route-facts.js";
import { forClient, statusOf } from "./status.js";

/** Answers routes of one kind. */
export type Handler<K extends Route["kind"] = Route["kind"]> = (exchange: Exchange, route: Extract<Route, { readonly kind: K }>) => Promise<void> | void;

export type Handlers = { readonly [K in Route["kind"]]: Handler<K> };

export interface ListenerParts {
  readonly handlers: Handlers;
  readonly guard: Guard;
  readonly log: Log;
  /** Hears of each request that was refused or failed. */
  failed(exchange: Exchange, status: number, code: string): void;
}

/** Every request comes through here: one guard, and one place where failures become answers. */
export function createListener({ handlers, guard, log, failed }: ListenerParts): RequestListener {
  const routes = rememberedRoutes();
  async function answer(exchange: Exchange): Promise<void> {
    const { request } = exchange;
    try {
      const route = routes(request.url ?? "/");
      if (route === null) throw new MillraceError({ code: "SERVE_NOT_FOUND", message: "There is nothing at this path.", mend: "See GET /v1/models for what is served." });
      const { methods, scope } = ROUTE_FACTS[route.kind];
      if (!methods.includes(request.method!)) throw new MillraceError({ code: "SERVE_METHOD", message: `This path takes ${methods.join(", ")}.`, mend: `Send it with ${methods[0]!}.`, facts: { allow: methods.join(", ") } });
      guard(request, scope);
      await (handlers[route.kind] as Handler)(exchange, route);
    } catch (error) {
      fail(exchange, error);
    }
  }
  function fail(exchange: Exchange, error: unknown): void {
    const told = forClient(error);
    if (told.code === "SERVE_FAILED") log.error({ id: exchange.id, err: told.cause ?? told }, "a request failed");
    failed(exchange, statusOf(told), told.code);
    if (told.code === "SERVE_ABORTED") return void exchange.response.destroy();
    answerError(exchange, told);
  }
  return (request, response) => void answer(exchangeOf(request, response));
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

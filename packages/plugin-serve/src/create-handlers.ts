import { answerBytes, answerJson } from "./http/answer.js";
import type { Exchange } from "./http/exchange.js";
import type { Handlers } from "./http/listener.js";
import { parseJson } from "./http/parse-json.js";
import type { BodyRoom } from "./http/body-room.js";
import { readBody } from "./http/read-body.js";
import type { ModelPath } from "./http/route.js";
import { admit } from "./engine/admit.js";
import type { Turns } from "./engine/turns.js";
import type { Served } from "./models/served.js";
import type { ModelTable } from "./models/table.js";
import { metricsText, type Metric } from "./observe/metrics-text.js";
import { openApi, type InputChecks } from "./openapi/open-api.js";
import { TRY_PAGE } from "./openapi/try-page.js";
import type { PredictLimits } from "./protocol/predict-limits.js";
import { describeModel } from "./protocol/rows/describe-model.js";
import { predictRows } from "./protocol/rows/predict-rows.js";
import { infer } from "./protocol/v2/infer.js";
import { modelMetadata, serverMetadata } from "./protocol/v2/metadata.js";
import { repositoryIndex } from "./protocol/v2/repository-index.js";
import { modelConfig } from "./protocol/v2/model-config.js";
import { modelStatistics } from "./protocol/v2/statistics.js";

export interface HandlerParts {
  readonly table: ModelTable;
  readonly turns: Turns;
  readonly room: BodyRoom;
  readonly limits: PredictLimits;
  readonly checks: InputChecks;
  readonly version: string;
  metrics(): readonly Metric[];
  isReady(): boolean;
}

const EMPTY = Buffer.alloc(0);
/** Longest body of an admin route. */
const ADMIN_BYTES = 65_536;

/** What each path does. */
export function createHandlers(parts: HandlerParts): Handlers {
  return { ...healthHandlers(parts), ...rowHandlers(parts), ...v2Handlers(parts), ...repositoryHandlers(parts) };
}

function json(exchange: Exchange, value: object): void {
  answerJson(exchange, 200, JSON.stringify(value));
}

/** A body is not needed, but some clients read it (KServe's), and none minds. */
function told(exchange: Exchange, isGood: boolean, value: object): void {
  answerJson(exchange, isGood ? 200 : 503, JSON.stringify(value));
}

function empty(exchange: Exchange): void {
  answerBytes(exchange, 200, EMPTY, "application/json");
}

/** The model that a path names; the exchange remembers it. Throws what `ModelTable.find` throws. */
function reached(exchange: Exchange, table: ModelTable, path: ModelPath): Served {
  return (exchange.served = table.find(path));
}

/** The same for predictions. One that is too much is refused on the spot, as cheaply as can be; of any other the model stays open until it is done. */
function admitted(exchange: Exchange, { table, turns, limits }: HandlerParts, path: ModelPath, work: (served: Served) => Promise<void>): Promise<void> {
  const served = reached(exchange, table, path);
  admit(served, turns, limits);
  return served.uses.during(() => work(served));
}

function versionsOf(table: ModelTable, model: string): readonly number[] {
  return [...(table.pointers.get(model)?.versions ?? [])].sort((left, right) => left - right);
}

function healthHandlers({ metrics, isReady }: HandlerParts): Pick<Handlers, "live" | "ready" | "metrics" | "v2-live" | "v2-ready-server"> {
  const live = (exchange: Exchange): void => told(exchange, true, { live: true });
  const ready = (exchange: Exchange): void => told(exchange, isReady(), { ready: isReady() });
  return {
    live,
    ready,
    "v2-live": live,
    "v2-ready-server": ready,
    metrics: (exchange) => answerBytes(exchange, 200, Buffer.from(metricsText(metrics()), "utf8"), "text/plain; version=0.0.4; charset=utf-8"),
  };
}

function rowHandlers(parts: HandlerParts): Pick<Handlers, "models" | "model" | "openapi" | "page" | "predict"> {
  const { table, limits, checks, version } = parts;
  const document = rememberedDocuments((served, path) => JSON.stringify(openApi(served, path, { limits, checks, version })));
  return {
    models: (exchange) => json(exchange, { models: [...table.pointers.values()].map(({ model, main, aliases }) => ({ model, version: main, aliases: Object.fromEntries(aliases), versions: versionsOf(table, model) })) }),
    model: (exchange, { target }) => json(exchange, describeModel(reached(exchange, table, target))),
    openapi: (exchange, { target }) => answerJson(exchange, 200, document(reached(exchange, table, target), target)),
    page: (exchange) => answerBytes(exchange, 200, Buffer.from(TRY_PAGE.html, "utf8"), "text/html; charset=utf-8", ["content-security-policy", TRY_PAGE.policy, "x-content-type-options", "nosniff", "referrer-policy", "no-referrer"]),
    predict: (exchange, { target }) => admitted(exchange, parts, target, (served) => predictRows(exchange, served, parts)),
  };
}

/** A document takes longer to make than most answers, and is the same as long as its model answers: by path, of which there are as many as names of the model. */
function rememberedDocuments(make: (served: Served, path: ModelPath) => string): (served: Served, path: ModelPath) => string {
  const known = new WeakMap<Served, Map<string, string>>();
  return (served, path) => {
    const documents = known.get(served) ?? new Map<string, string>();
    known.set(served, documents);
    const key = `${path.version}/${path.alias}`;
    const text = documents.get(key) ?? make(served, path);
    documents.set(key, text);
    return text;
  };
}

function v2Handlers(parts: HandlerParts): Pick<Handlers, "v2-server" | "v2-model" | "v2-ready" | "v2-config" | "v2-stats" | "v2-all-stats" | "infer"> {
  const { table, limits, version } = parts;
  return {
    "v2-server": (exchange) => json(exchange, serverMetadata(version)),
    "v2-model": (exchange, { target }) => json(exchange, modelMetadata(reached(exchange, table, target), versionsOf(table, target.model))),
    "v2-ready": (exchange, { target }) => told(exchange, true, { name: reached(exchange, table, target).model, ready: true }),
    "v2-config": (exchange, { target }) => json(exchange, modelConfig(reached(exchange, table, target), limits.rows)),
    "v2-all-stats": (exchange) => json(exchange, modelStatistics(table.loaded)),
    "v2-stats": (exchange, { target }) => json(exchange, modelStatistics(target.version === null ? table.loaded.filter(({ model }) => model === reached(exchange, table, target).model) : [reached(exchange, table, target)])),
    infer: (exchange, { target }) => admitted(exchange, parts, target, (served) => infer(exchange, served, parts)),
  };
}

function repositoryHandlers({ table, room, limits }: HandlerParts): Pick<Handlers, "v2-index" | "v2-load" | "v2-unload"> {
  const body = async (exchange: Exchange): Promise<unknown> => {
    const bytes = await readBody(exchange, ADMIN_BYTES, room);
    return bytes.length === 0 ? undefined : parseJson(bytes, limits.depth);
  };
  return {
    "v2-index": async (exchange) => answerJson(exchange, 200, JSON.stringify(repositoryIndex(table.loaded, table.failures, await body(exchange)))),
    // What clients send beside the name (config, files) is not taken: models come from the registry alone.
    "v2-load": async (exchange, { target }) => {
      await body(exchange);
      await table.offer(target.model);
      empty(exchange);
    },
    "v2-unload": async (exchange, { target }) => {
      await body(exchange);
      await table.withdraw(target.model);
      empty(exchange);
    },
  };
}

import { answerBytes, answerJson } from "./http/answer.js";
import type { Exchange } from "./http/exchange.js";
import type { Handlers } from "./http/listener.js";
import type { ModelPath } from "./http/route.js";
import type { Served } from "./models/served.js";
import type { ModelTable } from "./models/table.js";
import type { PredictLimits } from "./protocol/predict-limits.js";
import { predictRows } from "./protocol/rows/predict-rows.js";
import { describeModel } from "./protocol/rows/describe-model.js";
import { infer } from "./protocol/v2/infer.js";
import { modelMetadata, serverMetadata } from "./protocol/v2/metadata.js";

export interface HandlerParts {
  readonly table: ModelTable;
  readonly limits: PredictLimits;
  readonly version: string;
  isReady(): boolean;
}

const EMPTY = Buffer.alloc(0);

/** What each path does. */
export function createHandlers({ table, limits, version, isReady }: HandlerParts): Partial<Handlers> {
  const json = (exchange: Exchange, value: object): void => answerJson(exchange, 200, JSON.stringify(value));
  const empty = (exchange: Exchange, isGood: boolean): void => answerBytes(exchange, isGood ? 200 : 503, EMPTY, "application/json");
  const versionsOf = (model: string): readonly number[] => [...(table.pointers.get(model)?.versions ?? [])].sort((left, right) => left - right);
  const find = (path: ModelPath): Served => table.find(path);
  return {
    live: (exchange) => empty(exchange, true),
    ready: (exchange) => empty(exchange, isReady()),
    "v2-live": (exchange) => empty(exchange, true),
    "v2-ready-server": (exchange) => empty(exchange, isReady()),
    "v2-server": (exchange) => json(exchange, serverMetadata(version)),
    "v2-model": (exchange, { target }) => json(exchange, modelMetadata(find(target), versionsOf(target.model))),
    "v2-ready": (exchange, { target }) => empty(exchange, find(target) !== null),
    infer: (exchange, { target }) => infer(exchange, find(target), limits),
    models: (exchange) => json(exchange, { models: [...table.pointers.values()].map((pointers) => ({ model: pointers.model, version: pointers.main, aliases: Object.fromEntries(pointers.aliases), versions: versionsOf(pointers.model) })) }),
    model: (exchange, { target }) => json(exchange, describeModel(find(target))),
    predict: (exchange, { target }) => predictRows(exchange, find(target), limits),
  };
}

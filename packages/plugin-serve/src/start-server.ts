import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { MillraceError, suggest, type ArtifactStore, type Log, type Runtime, type Store } from "@millrace/core";
import { durationMs, parseBytes, parseModelRef, type ServerConfig } from "@millrace/core/model";
import { createHandlers } from "./create-handlers.js";
import { createTurns } from "./engine/turns.js";
import type { RuntimeReference } from "./engine/isolated/runtime-reference.js";
import { createBodyRoom } from "./http/body-room.js";
import { answerClientError } from "./http/client-error.js";
import { createHttpServer, drain, listening } from "./http/http-server.js";
import { createListener } from "./http/listener.js";
import { parseListen } from "./http/parse-listen.js";
import { createBundleCache, type CachePlace } from "./models/bundle-cache.js";
import { followStore } from "./models/follow-store.js";
import { loadServed } from "./models/load-served.js";
import { servedCatalogue } from "./models/served-catalogue.js";
import { createTable, type ModelTable } from "./models/table.js";
import type { PredictLimits } from "./protocol/predict-limits.js";
import { watchEventLoop, serverMetrics } from "./observe/server-metrics.js";
import { createServerMeter } from "./observe/server-meter.js";
import { parseApiKeys } from "./security/api-keys.js";
import { createGuard } from "./security/guard.js";
import { createRateLimit } from "./security/rate-limit.js";
import { VERSION } from "./version.js";

export interface ServerParts {
  /** Secrets are filled in. */
  readonly config: ServerConfig;
  readonly artifacts: ArtifactStore;
  readonly runtime: Runtime;
  /** How other processes make the same runtime. */
  readonly reference: RuntimeReference;
  readonly log: Log;
  /** Fires where the server is to stop before all its models are loaded: it is there at once, to be stopped. */
  readonly signal?: AbortSignal;
  /** Null: nothing is kept, and the server does not start without the store. */
  readonly cache: CachePlace | null;
  openStore(): Promise<Store>;
}

export interface RunningServer {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** Takes no new requests, ends those in flight, and closes. */
  stop(): Promise<void>;
}

/** Starts a server; it listens at once, and is ready when the models that the store names are loaded. Throws SERVE_LISTEN, SERVE_OPEN, SERVE_KEYS, MODEL_REF. */
export async function startServer({ config, artifacts, runtime, reference, log, signal = new AbortController().signal, cache: place, openStore }: ServerParts): Promise<RunningServer> {
  const listen = parseListen(config.listen);
  const keys = config.auth.keys === undefined ? null : parseApiKeys(config.auth.keys);
  config.models.forEach(parseModelRef);
  if (!listen.isLoopback && keys === null) throw new MillraceError({ code: "SERVE_OPEN", message: `The server is to listen at ${config.listen}, and has no API keys.`, mend: "Set server.auth.keys, or listen on 127.0.0.1." });
  const meter = createServerMeter();
  const turns = createTurns();
  const room = createBodyRoom(parseBytes(config.limits.bodies));
  const delay = watchEventLoop();
  const cache = place === null ? null : createBundleCache(artifacts, place, log);
  const table = createTable({ refs: config.models, log, load: (version, signal) => loadServed(version, { signal, artifacts: cache?.artifacts ?? artifacts, runtime, reference, config, log, soon: turns.atEnd }) });
  const follower = followStore({
    log,
    openStore,
    isUnsettled: () => table.failures.size > 0,
    hadVersions: async () => table.loaded.length > 0 || ((await cache?.last())?.versions.length ?? 0) > 0,
    async changed(catalogue) {
      await table.update(catalogue);
      await cache?.keep(servedCatalogue(table));
    },
    async reachable(isReachable) {
      meter.setStoreUp(isReachable);
      if (isReachable || table.loaded.length > 0) return;
      const last = (await cache?.last()) ?? null;
      if (last === null) return;
      log.warn({}, "the store does not answer; the server starts from its cache");
      await table.update(last);
    },
  });
  let draining = false;
  let hasStarted = false;
  const handlers = createHandlers({ table, turns, room, limits: limitsOf(config), checks: config, version: VERSION, metrics: () => serverMetrics(table, meter, delay), isReady: () => hasStarted && !draining && table.loaded.length > 0 });
  const server = createHttpServer(config);
  server.on("clientError", (error, socket) => {
    const code = answerClientError(error, socket);
    if (code !== null) meter.refuse(code);
  });
  server.on("request", createListener({ handlers, guard: createGuard(keys), rateLimit: createRateLimit(config.limits.rate, config.limits.burst, () => performance.now()), room, meter, log, logsRequests: config.log === "requests" }));
  const release = async (): Promise<void> => {
    await follower[Symbol.asyncDispose]();
    await table[Symbol.asyncDispose]();
    delay.disable();
  };
  await listening(server, listen.host, listen.port).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  await Promise.race([follower.first, signal.aborted ? null : once(signal, "abort")]);
  warnOfPolicies(config, table, log);
  for (const ref of config.models) if (!isServed(ref, table)) log.warn({ ref }, `"${ref}" is to be served, and the store has no such version (yet)`);
  hasStarted = true;
  return {
    url: urlOf(server.address() as AddressInfo),
    async stop() {
      draining = true;
      await drain(server, durationMs(config.limits.drain));
      await release();
    },
  };
}

function isServed(ref: string, { pointers, failures }: ModelTable): boolean {
  const { model, version, alias } = parseModelRef(ref);
  const found = pointers.get(model);
  const known = found !== undefined && (version === null || found.versions.has(version)) && (alias === null || found.aliases.has(alias));
  return known || [...failures.keys()].some((failed) => failed.startsWith(`${model}@`));
}

/** A policy for a column that no model takes is a slip of the pen. */
function warnOfPolicies({ inputs }: ServerConfig, { loaded }: ModelTable, log: Log): void {
  const columns = new Set(loaded.flatMap((served) => served.inputs.map(({ name }) => name)));
  for (const column of Object.keys(inputs)) if (!columns.has(column)) log.warn({ column }, `server.inputs has a policy for "${column}", which no model takes that is served. ${suggest(column, columns)}`);
}

function limitsOf({ limits, numbers }: ServerConfig): PredictLimits {
  return { bodyBytes: parseBytes(limits.body), rows: limits.rows, depth: limits.depth, queue: limits.queue, waitMs: durationMs(limits.wait), deadlineMs: durationMs(limits.deadline), numbers };
}

function urlOf({ address, port, family }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

import { once } from "node:events";
import { join, resolve } from "node:path";
import { hidingLog, revealSecret, serverSchema, type Registry, type ServerConfig } from "@millrace/core/model";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { interruption } from "../interruption.js";
import { openServing } from "../open-serving.js";
import { jsonLine } from "../print/json.js";

interface Overrides {
  readonly listen: string | undefined;
  readonly models: readonly string[];
}

/** The server's part of the server file, and over it the environment, and over that the call. Secrets are filled in. */
function serverConfig(file: ServerConfig | undefined, registry: Registry, folder: string, { listen, models }: Overrides): ServerConfig {
  const config = serverSchema.parse(file ?? {});
  const { MILLRACE_LISTEN, MILLRACE_MODELS, MILLRACE_API_KEYS } = process.env;
  const keys = MILLRACE_API_KEYS ?? (config.auth.keys === undefined ? undefined : revealSecret(config.auth.keys, registry.scope(folder)));
  return {
    ...config,
    listen: listen ?? MILLRACE_LISTEN ?? config.listen,
    models: models.length > 0 ? [...models] : (MILLRACE_MODELS?.split(",") ?? config.models),
    auth: keys === undefined ? {} : { keys },
  };
}

export default defineSpec({
  summary: "Answers requests for predictions over HTTP, until it is told to stop.",
  examples: [
    ["millrace serve", "every model of the registry, at 127.0.0.1:8080"],
    ["millrace serve delays@champion --listen 127.0.0.1:9000", "one model, elsewhere"],
  ],
  args: {
    model: { type: "positional", required: false, description: "What to serve: delays@champion, delays@3, or delays. Default: server.models, else every model.", valueHint: "model" },
    cache: { type: "string", description: "Folder that keeps what is served, for a start without the store. Default: MILLRACE_CACHE, else .millrace/serve.", valueHint: "folder" },
    listen: { type: "string", description: "Address and port; port 0 takes a free one. Default: MILLRACE_LISTEN, else server.listen, else 127.0.0.1:8080.", valueHint: "address" },
  },
  takesMany: true,
  readsConfig: false,
  async run({ args, terminal, folder }) {
    const { createServerLog, startServer } = await import("@millrace/plugin-serve");
    const log = hidingLog(createServerLog(args.debug === true ? "debug" : "info"));
    const { file, folder: project, registry, artifacts, runtime, openStore, openFolder } = await openServing(folder, log);
    const config = serverConfig(file.server, registry, project, { listen: args.listen, models: args._ });
    using interrupted = interruption(terminal);
    const cache = resolve(folder, args.cache ?? process.env["MILLRACE_CACHE"] ?? join(file.home, "serve"));
    const place = { folder: cache, artifacts: await openFolder(join(cache, "artifacts")) };
    const server = await startServer({ config, artifacts, runtime, cache: place, reference: { module: new URL("../serve-runtime.js", import.meta.url).href, project }, log, signal: interrupted.signal, openStore });
    terminal.out(args.json ? jsonLine({ url: server.url }) : `millrace answers at ${server.url}\n`);
    if (!interrupted.signal.aborted) await once(interrupted.signal, "abort");
    await server.stop();
    return EXIT.ok;
  },
});

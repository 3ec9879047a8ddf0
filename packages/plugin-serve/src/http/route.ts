import { MillraceError } from "@millrace/core";

/** Which version of a model a path names: at most one of `version` and `alias` is given. */
export interface ModelPath {
  readonly model: string;
  readonly version: string | null;
  readonly alias: string | null;
}

/** What a path means. */
export type Route =
  | { readonly [K in ModelKind]: { readonly kind: K; readonly target: ModelPath } }[ModelKind]
  | { readonly [K in ServerKind]: { readonly kind: K } }[ServerKind];

type ModelKind = "predict" | "openapi" | "page" | "model" | "infer" | "v2-model" | "v2-ready" | "v2-stats" | "v2-config" | "v2-load" | "v2-unload";
type ServerKind = "models" | "live" | "ready" | "metrics" | "v2-server" | "v2-all-stats" | "v2-live" | "v2-ready-server" | "v2-index";

/** Triton's lists of names that are good and bad agree with this: no slash, no space, and not only dots that lead elsewhere. */
const NAME = /^[A-Za-z0-9._-]{1,128}$/;

/** What the path of a URL means; null: nothing. Throws SERVE_NAME for a name that no model, version or alias can have. */
export function routeOf(url: string): Route | null {
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  const segments = path.split("/").slice(1);
  if (segments.at(-1) === "" && segments.length > 1) segments.pop();
  const [head, ...rest] = segments;
  if (head === "v1") return rest[0] === "models" ? modelRoute(rest.slice(1)) : null;
  if (head === "v2") return v2Route(rest);
  if (segments.length === 1) return PLAIN[head!] ?? null;
  return head === "health" && rest.length === 1 ? (HEALTH[rest[0]!] ?? null) : null;
}

type Plain = Readonly<Record<string, Route | undefined>>;
const plain = (routes: Record<string, Route>): Plain => Object.assign(Object.create(null) as object, routes);
const PLAIN = plain({ metrics: { kind: "metrics" } });
const HEALTH = plain({ live: { kind: "live" }, ready: { kind: "ready" } });
const V2_HEALTH = plain({ live: { kind: "v2-live" }, ready: { kind: "v2-ready-server" } });

function modelRoute(segments: readonly string[]): Route | null {
  if (segments.length === 0) return { kind: "models" };
  const { target, action } = targetOf(segments, true);
  if (action === null) return { kind: "model", target };
  if (action === "predict") return { kind: "predict", target };
  if (action === "openapi.json") return { kind: "openapi", target };
  return action === "try" ? { kind: "page", target } : null;
}

function v2Route(segments: readonly string[]): Route | null {
  const [head, ...rest] = segments;
  if (head === undefined) return { kind: "v2-server" };
  if (head === "health") return rest.length === 1 ? (V2_HEALTH[rest[0]!] ?? null) : null;
  if (head === "repository") return repositoryRoute(rest);
  if (head !== "models" || rest.length === 0) return null;
  // As Triton has it: a model of this name is reached by its versions.
  if (rest.length === 1 && rest[0] === "stats") return { kind: "v2-all-stats" };
  const { target, action } = targetOf(rest, false);
  if (action === null) return { kind: "v2-model", target };
  if (action === "infer") return { kind: "infer", target };
  if (action === "ready") return { kind: "v2-ready", target };
  if (action === "config") return { kind: "v2-config", target };
  return action === "stats" ? { kind: "v2-stats", target } : null;
}

function repositoryRoute([head, name, action, ...more]: readonly string[]): Route | null {
  if (head === "index" && name === undefined) return { kind: "v2-index" };
  if (head !== "models" || name === undefined || more.length > 0) return null;
  const target = { model: named(name), version: null, alias: null };
  return action === "load" ? { kind: "v2-load", target } : action === "unload" ? { kind: "v2-unload", target } : null;
}

/** `name[/versions/v|/aliases/a][/action]`. */
function targetOf([name, ...rest]: readonly string[], takesAliases: boolean): { readonly target: ModelPath; readonly action: string | null } {
  const model = named(name!);
  const [which, value, ...more] = rest;
  const isVersion = which === "versions" && value !== undefined;
  const isAlias = takesAliases && which === "aliases" && value !== undefined;
  const actions = isVersion || isAlias ? more : rest;
  const target = { model, version: isVersion ? named(value) : null, alias: isAlias ? named(value) : null };
  return { target, action: actions.length === 0 ? null : actions.join("/") };
}

/** Throws SERVE_NAME. */
function named(segment: string): string {
  const name = decoded(segment);
  if (name !== null && NAME.test(name) && name !== "." && name !== "..") return name;
  throw new MillraceError({ code: "SERVE_NAME", message: "The path holds a name that no model, version or alias can have.", mend: "Use letters, digits, dots, - and _, at most 128 of them." });
}

function decoded(segment: string): string | null {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

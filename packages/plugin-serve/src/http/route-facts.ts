import type { Scope } from "../security/api-keys.js";
import type { Route } from "./route.js";

/** Whether a route needs a key, and with which scope, and how it may be asked. */
export interface RouteFacts {
  readonly methods: readonly string[];
  /** Null: anyone may ask, so that load balancers need no key. */
  readonly scope: Scope | null;
}

const GET = ["GET", "HEAD"];
const read: RouteFacts = { methods: GET, scope: "read" };
const open: RouteFacts = { methods: GET, scope: null };
const infer: RouteFacts = { methods: ["POST"], scope: "infer" };
const admin: RouteFacts = { methods: ["POST"], scope: "admin" };

/** Every route has its line here: the guard knows no other. */
export const ROUTE_FACTS: Readonly<Record<Route["kind"], RouteFacts>> = {
  live: open,
  ready: open,
  metrics: read,
  models: read,
  model: read,
  openapi: read,
  // It holds nothing of a model; what it asks for needs a key.
  page: open,
  predict: infer,
  "v2-live": open,
  "v2-ready-server": open,
  "v2-server": read,
  "v2-model": read,
  "v2-ready": open,
  "v2-config": read,
  "v2-stats": read,
  "v2-all-stats": read,
  infer,
  "v2-index": { methods: ["POST"], scope: "read" },
  "v2-load": admin,
  "v2-unload": admin,
};

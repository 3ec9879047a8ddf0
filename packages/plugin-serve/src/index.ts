import { definePlugin } from "@millrace/core/plugin";

/** The inference server. It is a service, not an extension: `millrace serve` starts it. */
export default () => definePlugin({ name: "@millrace/plugin-serve", url: import.meta.url, extensions: [], errors: async () => (await import("./error-codes.js")).ERROR_CODES });

export type { CachePlace } from "./models/bundle-cache.js";
export { startServer, type RunningServer, type ServerParts } from "./start-server.js";
export { createServerLog } from "./observe/server-log.js";
export type { OpenRuntime, RuntimeReference } from "./engine/isolated/runtime-reference.js";
export { bestWithin, BUSY, kneeOf, processesFor, type Level } from "./capacity/knee.js";
export { measureCapacity, type Capacity, type CapacityOptions } from "./capacity/measure-capacity.js";
export type { Policy } from "./inputs/column-reader.js";
export { frameReader, type ReadFrame } from "./inputs/frame-reader.js";
export { violationText } from "./inputs/input-reader.js";
export type { Violation } from "./inputs/violation.js";

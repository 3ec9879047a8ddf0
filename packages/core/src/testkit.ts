export { createInlineExecutor } from "./testkit/inline-executor.js";
export { createMemoryArtifacts } from "./testkit/memory-artifacts.js";
export { createMemoryDatabase, createMemoryStore, type MemoryDatabase } from "./testkit/memory-store.js";

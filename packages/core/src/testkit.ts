export { createInlineExecutor } from "./testkit/inline-executor.js";
export { createMemoryArtifacts } from "./testkit/memory-artifacts.js";
export { createMemoryDatabase, createMemoryStore, type MemoryDatabase } from "./testkit/memory-store.js";
export { describeFold } from "./testkit/describe-fold.js";
export { foldLaws, type FoldCase } from "./testkit/fold-laws.js";
export { brokenLaws, describeLaws, type Law } from "./testkit/law.js";
export { difference } from "./testkit/difference.js";
export { randomFrame } from "./testkit/random-frame.js";

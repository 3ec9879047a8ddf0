// The door to a project: its config, its plugins and its plan. What a command on a project loads before it knows what is to be done; `./engine` has this too.
export { formatBytes } from "./config/bytes.js";
export type { DefaultUses } from "./config/defaults.js";
export type { ConfigIssue } from "./config/issue.js";
export { loadConfig, loadRegistry, type ConfigFiles, type LoadConfigOptions, type LoadedConfig } from "./config/load.js";
export type { Modules } from "./config/read-script.js";
export type { ResolvedConfig, ResolvedLimits } from "./config/resolved-config.js";
export { createRegistry, type Registered, type Registry } from "./plugin/registry.js";
export { createEngine, type Engine } from "./engine/create-engine.js";
export { dataIssues } from "./engine/data-issues.js";
export type { EngineParts } from "./engine/opened.js";
export type { PlanOptions } from "./engine/plan-config.js";
export type { RunOptions } from "./engine/run-config.js";
export { versionFolder } from "./engine/version-folder.js";
export type { Why } from "./engine/why-task.js";
export { differenceSentence, keyDifferences, sideText, type KeyDifference } from "./plan/why.js";
export { findVersion, modelVersionId } from "./record/model-versions.js";
export { matrixOf, valuedMetrics } from "./run/card/valued-metrics.js";
export type { RunEvent } from "./run/run-event.js";

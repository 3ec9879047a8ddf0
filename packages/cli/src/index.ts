// What a config imports, and what a program that predicts imports.
export { defineConfig, defineModel, defineOverlay, type Config, type ModelConfig, type Overlay } from "./config/config.js";
export type { Plugins, UseOf } from "./config/use.js";
export type * from "./project-types/project-types.js";
export { defaults } from "./defaults.js";
export { loadModel, type LoadModelOptions } from "./load-model.js";
export { defineExtension, defineFold, definePlugin, MillraceError } from "@millrace/core/plugin";
export type { LoadedModel } from "@millrace/core/model";

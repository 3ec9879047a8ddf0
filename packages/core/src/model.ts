// The door for any Node program: a registered model, ready to predict.
export { loadModel, type LoadedModel, type LoadModelParts } from "./record/load-model.js";
export type { ModelVersion, Signature } from "./contracts/model.js";
// To open a store, artifacts and a runtime by name, without config, hooks or steps.
export { createExtension } from "./plugin/create-extension.js";
export { createRegistry, type Registry } from "./plugin/registry.js";

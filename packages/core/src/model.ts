// The door for any Node program: a registered model, ready to predict.
export { loadModel, type LoadedModel, type LoadModelParts } from "./record/load-model.js";
export type { ModelVersion, Signature } from "./contracts/model.js";

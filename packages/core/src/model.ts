// The door for any Node program: a registered model, ready to predict.
export { loadModel, type LoadedModel, type LoadModelParts } from "./record/load-model.js";
export type { ModelVersion, Signature } from "./contracts/model.js";
// To open a store, artifacts and a runtime by name, without config, hooks or steps.
export { createExtension } from "./plugin/create-extension.js";
export { createRegistry, type Registry } from "./plugin/registry.js";
// What a server of models needs beside them.
export { serverSchema, type ServerConfig } from "./config/server-schema.js";
export { parseBytes } from "./config/bytes.js";
export { durationMs } from "./config/duration.js";
export { hidingLog, revealSecret } from "./plugin/secrets.js";
export { moveAlias } from "./record/aliases.js";
export { findVersion } from "./record/model-versions.js";
export { parseModelRef, type ModelRef } from "./record/model-ref.js";
export { difference, type Difference } from "./run/certify/difference.js";
export { refusal as certificateRefusal, type Certificate } from "./run/certify/certificate.js";

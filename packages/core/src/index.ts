// The door for plugin authors.
export type * from "./contracts/index.js";
export { MillraceError } from "./errors/millrace-error.js";
export { nearest, suggest } from "./errors/nearest.js";
export { createFrame, field, widthOf } from "./frame/frame.js";
export { isMissing, toFloat64 } from "./frame/missing.js";
export { defineFold } from "./fold/define-fold.js";
export { defineExtension } from "./plugin/extension.js";
export { definePlugin } from "./plugin/plugin.js";
export { arithmetic, type Arithmetic, type Operand } from "./graph/arithmetic.js";

/** The list's operators mean the same in these versions of ai.onnx, and in ai.onnx.ml up to the last. */
export const LEAST_OPSET = 17;
export const GREATEST_OPSET = 21;
export const GREATEST_ML_OPSET = 4;

/** Whether a file means by the names of the list's operators what graphs here mean. */
export function hasKnownOpsets(opsets: ReadonlyMap<string, number>): boolean {
  const version = opsets.get("") ?? LEAST_OPSET;
  return version >= LEAST_OPSET && version <= GREATEST_OPSET && (opsets.get("ai.onnx.ml") ?? 3) <= GREATEST_ML_OPSET;
}

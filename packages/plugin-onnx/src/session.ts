import { devNull } from "node:os";
import { MillraceError, type Tensor } from "@millrace/core";
import type { InferenceSession, Tensor as OrtTensor, TensorConstructor } from "onnxruntime-node";

/** What the native and the WebAssembly package have in common. */
export interface Library {
  readonly InferenceSession: { create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession> };
  readonly Tensor: TensorConstructor;
}

/** A loaded graph. */
export interface Session {
  /** Names of the inputs and outputs, in the order of the file. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Throws RUNTIME_FAILED where the library does. */
  run(feeds: ReadonlyMap<string, Tensor>): Promise<ReadonlyMap<string, Tensor>>;
  release(): Promise<void>;
}

/** Where nothing can be. */
const NOWHERE = `${devNull}/nowhere`;

/**
 * One intra-op thread: with two, sums of trees depend on the number of rows. Of the optimisations the basic ones, which do not change with
 * the CPU. A model is its bytes: weights that it says lie in another file would be read from the working directory.
 */
const OPTIONS = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  graphOptimizationLevel: "basic",
  extra: { session: { model_external_initializers_file_folder_path: NOWHERE } },
} as const;

/** Throws RUNTIME_LOAD where the library refuses the file. */
export async function openSession(library: Library, model: Uint8Array): Promise<Session> {
  const session = await library.InferenceSession.create(model, OPTIONS).catch((cause: unknown) => {
    throw new MillraceError({ code: "RUNTIME_LOAD", message: `onnxruntime does not load the model: ${textOf(cause)}`, mend: "Make the model again with: millrace run", cause });
  });
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(feeds) {
      const given: Record<string, OrtTensor> = {};
      for (const [name, tensor] of feeds) given[name] = new library.Tensor(tensor.dtype, tensor.values as never, tensor.dims as number[]);
      const results = await session.run(given).catch((cause: unknown) => {
        throw new MillraceError({ code: "RUNTIME_FAILED", message: `onnxruntime failed on a batch: ${textOf(cause)}`, mend: "Report the model and the batch: an operator of a graph failed on values that it must take.", cause, facts: { value: textOf(cause) } });
      });
      return new Map(session.outputNames.map((name) => [name, tensorOf(results[name]!)]));
    },
    release: () => session.release(),
  };
}

function tensorOf({ type, dims, data }: OrtTensor): Tensor {
  return { dtype: type, dims, values: data } as Tensor;
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

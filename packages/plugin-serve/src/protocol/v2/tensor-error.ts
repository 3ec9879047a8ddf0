import { MillraceError } from "@millrace/core";

/** A request that breaks the Open Inference Protocol, or the model's declaration of its tensors. */
export function tensorError(message: string, mend = "See GET /v2/models/{name} for the tensors of the model."): MillraceError {
  return new MillraceError({ code: "SERVE_TENSOR", message, mend });
}

/** A name of a client, of a bounded length, in quotes. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 97)}...` : name);
}

import type { Json } from "../contracts/json.js";
import { hideSecretsIn } from "../plugin/secrets.js";
import { MillraceError } from "../errors/millrace-error.js";

/** An error as a record keeps it, without secrets. */
export function failureJson(error: unknown): Json {
  return hideSecretsIn(toJson(error));
}

function toJson(error: unknown): Json {
  if (MillraceError.is(error)) return { code: error.code, message: error.message, mend: error.mend };
  return { code: "UNEXPECTED", message: error instanceof Error ? error.message : String(error), mend: "Run again with --debug, and report the stack trace." };
}

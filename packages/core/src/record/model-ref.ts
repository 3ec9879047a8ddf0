import { MillraceError } from "../errors/millrace-error.js";

/** Which version of a model is meant: at most one of `version` and `alias` is given. */
export interface ModelRef {
  readonly model: string;
  readonly version: number | null;
  readonly alias: string | null;
}

/** Reads `delays`, `delays@champion` or `delays@3`. Throws MODEL_REF. */
export function parseModelRef(ref: string): ModelRef {
  const parts = ref.split("@");
  const [model = "", which = null] = parts;
  if (parts.length > 2) throw badRef(ref, `it has ${parts.length - 1} signs "@"`);
  if (model === "" || /\s/.test(ref)) throw badRef(ref, model === "" ? "it names no model" : "it has a space");
  if (which === null) return { model, version: null, alias: null };
  if (which === "") throw badRef(ref, `nothing stands behind "@"`);
  if (!/^[0-9]/.test(which)) return { model, version: null, alias: which };
  if (!/^[1-9][0-9]*$/.test(which)) throw badRef(ref, `"${which}" is neither a version (a whole number from 1) nor an alias (which begins with a letter)`);
  return { model, version: Number(which), alias: null };
}

function badRef(ref: string, why: string): MillraceError {
  return new MillraceError({
    code: "MODEL_REF",
    message: `"${ref}" names no version of a model: ${why}.`,
    mend: `Write a model, a model at an alias or a model at a version: "delays", "delays@champion", "delays@3".`,
    facts: { ref },
  });
}

const BRAND = Symbol.for("millrace.error");

export interface MillraceErrorSpec {
  /** Area first: `CONFIG_UNKNOWN_KEY`. See codes.ts. */
  readonly code: string;
  /** What happened, with the values found and what is allowed. */
  readonly message: string;
  /** The exact next step, as an imperative sentence. */
  readonly mend: string;
  readonly cause?: unknown;
  /** Facts for machines: file, line, path, row, column. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Every error that Millrace throws on purpose. */
export class MillraceError extends Error {
  readonly [BRAND] = true;
  readonly code: string;
  readonly mend: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(spec: MillraceErrorSpec) {
    super(spec.message, spec.cause === undefined ? undefined : { cause: spec.cause });
    this.name = "MillraceError";
    this.code = spec.code;
    this.mend = spec.mend;
    this.facts = spec.facts ?? {};
  }

  /** By brand, never `instanceof`: two copies of a package may be installed. */
  static is(error: unknown, code?: string): error is MillraceError {
    return typeof error === "object" && error !== null && BRAND in error && (code === undefined || (error as MillraceError).code === code);
  }
}

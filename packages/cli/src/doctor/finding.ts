import type { Engine, LoadedConfig } from "@millrace/core/engine";

/** `wrong` makes `millrace doctor` fail; a `warning` may be meant. */
export interface Finding {
  readonly level: "ok" | "warning" | "wrong";
  /** One sentence. */
  readonly message: string;
  /** The exact next step; null where there is none to take. */
  readonly mend: string | null;
}

/** What is looked at. */
export interface Patient {
  /** The working directory. */
  readonly folder: string;
  /** Null where there is no project, or its config cannot be loaded. */
  readonly loaded: LoadedConfig | null;
  /** The project, opened; null where it cannot be. */
  readonly engine: Engine | null;
  /** Whether all artifacts are hashed. */
  readonly isDeep: boolean;
}

/** One thing that may be wrong. */
export interface Examination {
  readonly name: string;
  examine(patient: Patient): Promise<readonly Finding[]>;
}

export const ok = (message: string): Finding => ({ level: "ok", message, mend: null });
export const warning = (message: string, mend: string | null): Finding => ({ level: "warning", message, mend });
export const wrong = (message: string, mend: string): Finding => ({ level: "wrong", message, mend });

import { hideSecretsIn, MillraceError, type Json, type Limits, type Log, type ProjectReference, type Task, type TaskEvent, type TaskResult } from "@millrace/core/plugin";

/** What a thread is started with. */
export interface ThreadData {
  readonly reference: ProjectReference;
  readonly limits: Limits;
}

/** From the coordinator to a thread, which does one task at a time. Plain JSON. */
export type ToThread =
  | { readonly kind: "run"; readonly task: Task }
  | { readonly kind: "stop"; readonly reason: ErrorMessage }
  | { readonly kind: "answer"; readonly event: number; readonly answer: "continue" | "stop" | ErrorMessage }
  | { readonly kind: "close" };

/** From a thread to the coordinator. Plain JSON. */
export type FromThread =
  | { readonly kind: "event"; readonly event: number; readonly value: TaskEvent }
  | { readonly kind: "log"; readonly level: keyof Log; readonly facts: Json; readonly message: string }
  | { readonly kind: "ended"; readonly result: TaskResult }
  | { readonly kind: "failed"; readonly error: ErrorMessage };

/** An error as it travels. */
export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  /** Null: not one of Millrace's. */
  readonly code: string | null;
  readonly mend: string;
  readonly facts: Json;
  readonly cause: ErrorMessage | null;
}

/** Without the secrets that its own thread knows: another may know others. */
export function toMessage(error: unknown): ErrorMessage {
  return hideSecretsIn(messageOf(error));
}

function messageOf(error: unknown, depth = 0): ErrorMessage {
  const own = MillraceError.is(error) ? error : null;
  const { name, message, stack = null, cause } = error instanceof Error ? error : { name: "Error", message: String(error), cause: undefined };
  return { name, message, stack, code: own?.code ?? null, mend: own?.mend ?? "", facts: plain(own?.facts ?? {}), cause: cause === undefined || depth > 8 ? null : messageOf(cause, depth + 1) };
}

export function fromMessage({ name, message, stack, code, mend, facts, cause }: ErrorMessage): Error {
  const inner = cause === null ? {} : { cause: fromMessage(cause) };
  const error = code === null ? new Error(message, inner) : new MillraceError({ code, message, mend, facts: facts as Readonly<Record<string, unknown>>, ...inner });
  error.name = name;
  if (stack !== null) error.stack = stack;
  return error;
}

/** Facts as JSON; what is none is told as text. */
export function plain(facts: object): Json {
  try {
    return JSON.parse(JSON.stringify(facts, (_, value: unknown) => (typeof value === "bigint" || typeof value === "function" ? String(value) : value))) as Json;
  } catch {
    return { facts: String(facts) };
  }
}

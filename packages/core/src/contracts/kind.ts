/** The names of what a plugin may bring; the list is closed. `kinds.ts` says what each is. */
export type Kind = "source" | "sink" | "transform" | "trainer" | "runtime" | "metric" | "check" | "step" | "store" | "artifacts" | "executor" | "command";

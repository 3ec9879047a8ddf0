import { describe, it } from "vitest";

/** One thing that every implementation of a contract does. `check` throws where it does not. */
export interface Law<Case> {
  readonly name: string;
  check(subject: Case): void | Promise<void>;
}

/** Registers each law as a test. A suite is a list of laws, so that its own tests can show which mutant each of them catches. */
export function describeLaws<Case>(title: string, laws: readonly Law<Case>[], subject: Case): void {
  describe(title, () => {
    for (const law of laws) it(law.name, () => law.check(subject));
  });
}

/** The names of the laws that a subject breaks. */
export async function brokenLaws<Case>(laws: readonly Law<Case>[], subject: Case): Promise<string[]> {
  const broken: string[] = [];
  for (const law of laws) {
    try {
      await law.check(subject);
    } catch {
      broken.push(law.name);
    }
  }
  return broken;
}

import { commandLaws } from "./command/command-laws.js";
import type { CommandCase } from "./command/command-case.js";
import { describeLaws } from "./law.js";

/** The laws of commands as tests of one command, in a project on memory. */
export function describeCommand(subject: CommandCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a command`, commandLaws, subject);
}

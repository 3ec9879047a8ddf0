import { MillraceError, suggest } from "@millrace/core/plugin";

/** USAGE_ACTION: the first argument of a command names none of its actions. */
export function unknownAction(command: string, action: string, actions: readonly string[]): MillraceError {
  return new MillraceError({ code: "USAGE_ACTION", message: `millrace ${command} cannot "${action}".`, mend: `${suggest(action, actions)} See: millrace ${command} --help` });
}

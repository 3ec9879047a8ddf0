import { MillraceError } from "@millrace/core";
import { aliasHistory, findVersion, moveAlias, parseModelRef, rollbackAlias, type Engine } from "@millrace/core/engine";
import { defineSpec, type Call } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { listVersions, showVersion } from "../list-models.js";
import { jsonLine } from "../print/json.js";
import { historyText, movedText, versionsText, versionText } from "../print/models.js";
import { openProject } from "../project.js";
import { unknownAction } from "../unknown-action.js";

const ARGS = {
  action: { type: "positional", required: false, description: "list (default), show, alias, history or rollback.", valueHint: "action" },
  model: { type: "positional", required: false, description: "A version: delays, delays@3, delays@champion.", valueHint: "model" },
  alias: { type: "positional", required: false, description: "For alias: the name to move to that version.", valueHint: "alias" },
  reason: { type: "string", description: "Why an alias moves, for its history.", valueHint: "text" },
} as const;

type Action = (engine: Engine, call: Call<typeof ARGS>) => Promise<string>;

function needed(value: string | undefined, action: string, what: string): string {
  if (value !== undefined) return value;
  throw new MillraceError({ code: "USAGE_ARGUMENT", message: `millrace models ${action} needs <${what}>.`, mend: "See: millrace models --help" });
}

/** `delays@champion` in its two halves. Throws USAGE_ARGUMENT where it names no alias. */
function aliasRef(ref: string, action: string): { readonly model: string; readonly alias: string } {
  const { model, alias } = parseModelRef(ref);
  if (alias !== null) return { model, alias };
  throw new MillraceError({ code: "USAGE_ARGUMENT", message: `millrace models ${action} needs an alias, and "${ref}" names none.`, mend: `Write it like this: millrace models ${action} ${model}@champion` });
}

/** Each answers with what is to be written. */
const ACTIONS: Readonly<Record<string, Action>> = {
  async list(engine, { args }) {
    const all = await listVersions(engine);
    return args.json ? all.map(({ version, aliases }) => jsonLine({ ...version, aliases })).join("") : versionsText(all);
  },
  async show(engine, { args }) {
    const shown = await showVersion(engine, needed(args.model, "show", "model"));
    return args.json ? jsonLine(shown) : versionText(shown);
  },
  async alias({ store }, { args }) {
    const { model, version } = await findVersion(store, needed(args.model, "alias", "model@version"));
    const alias = needed(args.alias, "alias", "alias");
    const change = await moveAlias(store, { model, alias, to: version, reason: args.reason ?? "millrace models alias", at: new Date().toISOString() });
    return args.json ? jsonLine({ change }) : movedText(change, `${model}@${alias}`);
  },
  async history({ store }, { args }) {
    const { model, alias } = aliasRef(needed(args.model, "history", "model@alias"), "history");
    const changes = await aliasHistory(store, model, alias);
    return args.json ? changes.map(jsonLine).join("") : historyText(changes);
  },
  async rollback({ store }, { args }) {
    const ref = needed(args.model, "rollback", "model@alias");
    const change = await rollbackAlias(store, { ...aliasRef(ref, "rollback"), reason: args.reason ?? "millrace models rollback", at: new Date().toISOString() });
    return args.json ? jsonLine({ change }) : movedText(change, ref);
  },
};

export default defineSpec({
  summary: "Lists registered models, shows one, moves an alias, tells its history, or rolls it back.",
  examples: [
    ["millrace models", "every version, with its aliases"],
    ["millrace models show delays@champion", "signature, metrics, files"],
    ["millrace models alias delays@3 champion", "move an alias to a version that passed its gates"],
    ["millrace models history delays@champion", "every move of an alias"],
    ["millrace models rollback delays@champion", "back to the version before"],
  ],
  args: ARGS,
  async run(call) {
    const name = call.args.action ?? "list";
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) throw unknownAction("models", name, Object.keys(ACTIONS));
    await using engine = await openProject(call);
    call.terminal.out(await action(engine, call));
    return EXIT.ok;
  },
});

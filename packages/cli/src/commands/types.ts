import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { MillraceError } from "@millrace/core";
import { modelShapes } from "@millrace/core/engine";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { openProject } from "../project.js";
import { typesText } from "../project-types/types-text.js";

const DEFAULT_FILE = "millrace.types.d.ts";

export default defineSpec({
  summary: "Writes the columns, inputs and outputs of the project's models as TypeScript: a wrong name of a column in a TypeScript config is then a compile error, and loadModel() answers with types.",
  examples: [
    ["millrace types", `writes ${DEFAULT_FILE} beside the config`],
    ["millrace types --check", "fails where that file is not up to date: for CI"],
  ],
  args: {
    out: { type: "string", description: `File to write. Default: ${DEFAULT_FILE} beside the config.`, valueHint: "file" },
    check: { type: "boolean", description: "Write nothing; fail where the file is not up to date." },
  },
  async run(call) {
    const { args, terminal, folder } = call;
    await using engine = await openProject(call);
    const { project, folder: home } = engine.config;
    const file = args.out === undefined ? join(home, DEFAULT_FILE) : resolve(folder, args.out);
    const shapes = await modelShapes(engine);
    const text = typesText(project, shapes);
    const isSame = existsSync(file) && readFileSync(file, "utf8") === text;
    if (args.check === true && !isSame) throw new MillraceError({ code: "TYPES_OLD", message: `${relative(folder, file)} is not what the data and the models are now.`, mend: "Run: millrace types", facts: { file } });
    if (!isSame) writeFileSync(file, text);
    const models = shapes.map(({ model, columns, registered }) => ({ model, columns: columns.length, isRegistered: registered !== null }));
    if (args.json) terminal.out(jsonLine({ file, changed: !isSame, models }));
    else terminal.out(`${isSame ? "up to date" : "wrote"}: ${relative(folder, file)}\n${models.filter(({ isRegistered }) => !isRegistered).map(({ model }) => `${model} has no version yet: run it, then write the types anew, and its classes are known.\n`).join("")}`);
    return EXIT.ok;
  },
});

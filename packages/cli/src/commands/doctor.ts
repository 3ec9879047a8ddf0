import { MillraceError } from "@millrace/core";
import type { Engine, LoadedConfig } from "@millrace/core/engine";
import { defineSpec, type Call } from "../command-spec.js";
import { examine, type Told } from "../doctor/examine.js";
import { failed } from "../doctor/failed.js";
import { warning, type Finding } from "../doctor/finding.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { styled } from "../print/style.js";
import { loadProject, openLoaded } from "../project.js";

const MARKS = { ok: ["green", "✓"], warning: ["yellow", "!"], wrong: ["red", "✗"] } as const;

function toldText(all: readonly Told[]): string {
  const width = Math.max(...all.map(({ check }) => check.length));
  const lines = all.map(({ check, level, message, mend }) => {
    const [colour, mark] = MARKS[level];
    return `${styled(colour, mark)} ${check.padEnd(width)}  ${message}${mend === null ? "" : `\n${" ".repeat(width + 4)}${styled("cyan", "mend")}: ${mend}`}\n`;
  });
  const of = (level: Finding["level"]) => all.filter((told) => told.level === level).length;
  return `${lines.join("")}\n${of("wrong") === 0 ? "Nothing is wrong" : `${of("wrong")} wrong`}${of("warning") === 0 ? "" : `, ${of("warning")} to look at`}.\n`;
}

/** The project, as far as it can be loaded and opened; what hinders it is a finding. */
async function reach(call: Call): Promise<{ readonly loaded: LoadedConfig | null; readonly engine: Engine | null; readonly told: readonly Told[] }> {
  let loaded: Awaited<ReturnType<typeof loadProject>> | null = null;
  try {
    loaded = await loadProject(call);
    return { loaded, engine: await openLoaded(loaded), told: [{ check: "config", level: "ok", message: `The project ${loaded.config.project} in ${loaded.config.folder}.`, mend: null }] };
  } catch (error) {
    const isNone = call.args.config === undefined && MillraceError.is(error, "CONFIG_NOT_FOUND");
    const finding = isNone ? warning("There is no project here: only the machine is looked at.", "Go to a project's folder, or make one: millrace init.") : failed(error);
    return { loaded, engine: null, told: [{ check: "config", ...finding }] };
  }
}

export default defineSpec({
  summary: "Looks for what is wrong: Node.js, npm, disk, config, plugins, runtimes, store and artifacts; says what is safe to delete.",
  examples: [
    ["millrace doctor", "a quick look"],
    ["millrace doctor --deep", "hash every artifact too"],
    ["millrace doctor --json | jq '.findings[] | select(.level != \"ok\")'", "for scripts; the exit code is 1 where something is wrong"],
  ],
  args: { deep: { type: "boolean", description: "Hash every artifact, and not only those that something has written to." } },
  async run(call) {
    const { args, folder, terminal } = call;
    const { loaded, engine, told } = await reach(call);
    try {
      const findings = [...told, ...(await examine({ folder, loaded, engine, isDeep: args.deep === true }))];
      terminal.out(args.json ? jsonLine({ findings }) : toldText(findings));
      return findings.some(({ level }) => level === "wrong") ? EXIT.failed : EXIT.ok;
    } finally {
      await engine?.[Symbol.asyncDispose]();
    }
  },
});

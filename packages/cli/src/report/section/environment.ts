import { formatBytes } from "@millrace/core/engine";
import { moment } from "../../print/number.js";
import type { Piece } from "../html.js";
import type { Report } from "../report.js";
import { code, facts, type Section } from "./section.js";

export function environmentSection({ run }: Report): Section {
  const { environment: found } = run;
  const where: readonly (readonly [string, Piece])[] =
    found === undefined
      ? []
      : [
          ["Git commit", found.commit === null ? "none" : code(found.commit)],
          ["Lock file", found.lock === null ? "none" : [found.lock.file, " ", code(found.lock.digest)]],
          ["Millrace", found.millrace],
          ["Node", found.node],
          ["Platform", found.platform],
          ["CPU", `${found.cpu.model}, ${found.cpu.cores} core${found.cpu.cores === 1 ? "" : "s"}`],
          ["Memory", formatBytes(found.memoryBytes)],
        ];
  const when: readonly (readonly [string, Piece])[] = [["Run", code(run.id)], ["Status", run.status], ["Started", `${moment(run.startedAt)} UTC`], ["Ended", run.endedAt === null ? "" : `${moment(run.endedAt)} UTC`], ["Config", code(run.config)]];
  return { id: "environment", title: "Environment", lead: "Where the run was made. No key and no digest depends on it.", body: facts([...when, ...where]) };
}

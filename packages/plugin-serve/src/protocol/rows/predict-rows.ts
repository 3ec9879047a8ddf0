import type { Batch } from "../../engine/batch.js";
import { answerJson } from "../../http/answer.js";
import type { Exchange } from "../../http/exchange.js";
import { parseJson } from "../../http/parse-json.js";
import { readBody } from "../../http/read-body.js";
import type { Flag } from "../../inputs/input-reader.js";
import { PLAIN_DEPTH } from "../../inputs/plain-rows.js";
import type { Served } from "../../models/served.js";
import type { PredictLimits } from "../predict-limits.js";
import { runRows, type PredictParts } from "../run-rows.js";
import { readRowRequest } from "./read-request.js";
import { rowWriter, type WriteRows } from "./row-writer.js";

/** Answers `POST /v1/models/{name}/predict`. */
export async function predictRows(exchange: Exchange, served: Served, parts: PredictParts): Promise<void> {
  const { limits, room } = parts;
  const body = await readBody(exchange, limits.bodyBytes, room);
  await runRows(exchange, served, parts, (batch) => {
    const { count, flags, writeRows } = readRows(body, served, limits, batch);
    return (frame, from) => {
      served.meter.answered("rows", (performance.now() - exchange.arrived) / 1_000, count, flags);
      const flagged = flags.length === 0 ? "" : `,"flags":${JSON.stringify(flags)}`;
      answerJson(exchange, 200, `${served.answerHead}${JSON.stringify(exchange.id)},"rows":${writeRows(frame, from, from + count)}${flagged}}`);
    };
  });
}

interface ReadRows {
  readonly count: number;
  readonly flags: readonly Flag[];
  readonly writeRows: WriteRows;
}

/** What was parsed is many times longer than the body: nothing of it waits for the answer. */
function readRows(body: Buffer, { reader, outputs: all, writeRows }: Served, limits: PredictLimits, batch: Batch): ReadRows {
  const count = limits.depth < PLAIN_DEPTH ? 0 : reader.plain(body, batch, limits.rows);
  if (count > 0) return { count, flags: [], writeRows };
  const { rows, outputs } = readRowRequest(parseJson(body, limits.depth), limits.rows);
  const write = outputs === null ? writeRows : rowWriter(all, outputs, limits.numbers);
  return { count: rows.length, flags: reader.rows(rows, batch), writeRows: write };
}

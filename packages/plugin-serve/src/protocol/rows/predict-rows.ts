import { admit } from "../../engine/admit.js";
import { answerJson } from "../../http/answer.js";
import type { Exchange } from "../../http/exchange.js";
import { parseJson } from "../../http/parse-json.js";
import { readBody } from "../../http/read-body.js";
import type { Served } from "../../models/served.js";
import { runRows, type PredictParts } from "../run-rows.js";
import { readRowRequest } from "./read-request.js";
import { rowWriter } from "./row-writer.js";

/** Answers `POST /v1/models/{name}/predict`. */
export async function predictRows(exchange: Exchange, served: Served, parts: PredictParts): Promise<void> {
  const { limits, turns, room } = parts;
  admit(served, turns, limits);
  const body = await readBody(exchange, limits.bodyBytes, room);
  const text = await runRows(exchange, served, parts, (batch) => {
    const { rows, outputs } = readRowRequest(parseJson(body, limits.depth), limits.rows);
    const writeRows = outputs === null ? served.writeRows : rowWriter(served.outputs, outputs, limits.numbers);
    const flags = served.reader.rows(rows, batch);
    // What was parsed is many times longer than the body: nothing of it waits for the answer.
    const count = rows.length;
    return (frame, from) => {
      served.meter.answered("rows", (performance.now() - exchange.arrived) / 1_000, count, flags);
      const flagged = flags.length === 0 ? "" : `,"flags":${JSON.stringify(flags)}`;
      return `${served.answerHead}${JSON.stringify(exchange.id)},"rows":${writeRows(frame, from, from + count)}${flagged}}`;
    };
  });
  answerJson(exchange, 200, text);
}

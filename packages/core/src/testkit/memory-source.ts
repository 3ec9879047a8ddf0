import type { Batches, Frame } from "../contracts/frame.js";
import type { Json } from "../contracts/json.js";
import type { ReadRequest, Source } from "../contracts/source.js";
import { digestOfJson } from "../fold/digest.js";
import { MillraceError } from "../errors/millrace-error.js";
import { suggest } from "../errors/nearest.js";
import { toRows } from "../frame/rows.js";
import { select } from "../frame/take.js";

/** A source of frames in memory: one partition per name, its batches as given. At least one frame. */
export function createMemorySource(partitions: Readonly<Record<string, readonly Frame[]>>): Source {
  const fields = Object.values(partitions).flat()[0]!.fields;
  const names = fields.map(({ name }) => name);
  return {
    fields: async () => fields,
    partitions: async () => Object.entries(partitions).map(([id, frames]) => ({ id, digest: digestOfJson(frames.flatMap((frame) => toRows(frame)) as Json) })),
    async *read(request, signal): Batches {
      const frames = partitions[request.partition.id];
      if (frames === undefined) throw new MillraceError({ code: "SOURCE_NO_PARTITION", message: `There is no partition "${request.partition.id}".`, mend: suggest(request.partition.id, Object.keys(partitions)) });
      refuseParameters(request);
      for (const name of request.columns ?? [])
        if (!names.includes(name)) throw new MillraceError({ code: "SOURCE_NO_COLUMN", message: `The source has no column "${name}".`, mend: suggest(name, names) });
      for (const frame of frames) {
        signal.throwIfAborted();
        yield request.columns === null ? frame : select(frame, request.columns);
      }
      signal.throwIfAborted();
    },
  };
}

function refuseParameters({ asOf, keys }: ReadRequest): void {
  if (asOf !== null || keys !== null) throw new MillraceError({ code: "SOURCE_PARAMETER", message: "Frames in memory know no times and keys.", mend: "Read them with asOf and keys null." });
}

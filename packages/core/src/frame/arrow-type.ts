import type { DataType, Field as ArrowField } from "apache-arrow";
import type { DType, Field } from "../contracts/frame.js";
import { MillraceError } from "../errors/millrace-error.js";
import { arrowLibrary } from "./arrow-library.js";
import { field, widthOf } from "./frame.js";

const ITEMS: Record<Exclude<DType, "string" | "sparse">, (arrow: ReturnType<typeof arrowLibrary>) => DataType> = {
  float32: ({ Float32 }) => new Float32(),
  float64: ({ Float64 }) => new Float64(),
  int32: ({ Int32 }) => new Int32(),
  int64: ({ Int64 }) => new Int64(),
  uint8: ({ Uint8 }) => new Uint8(),
  bool: ({ Uint8 }) => new Uint8(),
  timestamp: ({ TimestampMillisecond }) => new TimestampMillisecond("UTC"),
  bytes: ({ Binary }) => new Binary(),
};

/** The Arrow field of a field. What Arrow cannot say (dtype, shape, categories) is in its metadata; `index` numbers its dictionary. */
export function toArrowField(field: Field, index: number): ArrowField {
  const metadata = new Map([
    ["millrace.dtype", field.dtype],
    ["millrace.shape", JSON.stringify(field.shape)],
    ["millrace.categories", JSON.stringify(field.categories)],
  ]);
  return new (arrowLibrary().Field)(field.name, arrowType(field, index), field.nullable, metadata);
}

/** Throws FRAME_ARROW for a field that `toArrowField` did not make. */
export function fromArrowField({ name, nullable, metadata }: ArrowField): Field {
  const dtype = metadata.get("millrace.dtype");
  if (dtype === undefined)
    throw new MillraceError({
      code: "FRAME_ARROW",
      message: `Column "${name}" of the Arrow data has no millrace.dtype: Millrace did not write it.`,
      mend: "Read foreign Arrow files through a source.",
      facts: { column: name },
    });
  const json = (key: string) => JSON.parse(metadata.get(key) ?? "null") as unknown;
  return field(name, dtype as DType, { nullable, shape: json("millrace.shape") as Field["shape"], categories: json("millrace.categories") as Field["categories"] });
}

/** Arrow numbers dictionaries from a counter of the process: an explicit id keeps the bytes free of the process's history. */
function arrowType(field: Field, index: number): DataType {
  const arrow = arrowLibrary();
  if (field.dtype === "string") return new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), index);
  if (field.dtype === "sparse") {
    const entry = new arrow.Struct([new arrow.Field("place", new arrow.Int32(), false), new arrow.Field("number", new arrow.Float32(), false)]);
    return new arrow.List(new arrow.Field("entry", entry, false));
  }
  const item = ITEMS[field.dtype](arrow);
  return field.shape === null || field.shape.length === 0 ? item : new arrow.FixedSizeList(widthOf(field), new arrow.Field("item", item, false));
}

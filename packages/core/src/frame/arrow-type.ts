import { Binary, Dictionary, Field as ArrowField, FixedSizeList, Float32, Float64, Int32, Int64, TimestampMillisecond, Uint8, Utf8, type DataType } from "apache-arrow";
import type { DType, Field } from "../contracts/frame.js";
import { MillraceError } from "../errors/millrace-error.js";
import { field, widthOf } from "./frame.js";

const ITEMS: Record<Exclude<DType, "string">, () => DataType> = {
  float32: () => new Float32(),
  float64: () => new Float64(),
  int32: () => new Int32(),
  int64: () => new Int64(),
  uint8: () => new Uint8(),
  bool: () => new Uint8(),
  timestamp: () => new TimestampMillisecond("UTC"),
  bytes: () => new Binary(),
};

/** The Arrow field of a field. What Arrow cannot say (dtype, shape, categories) is in its metadata; `index` numbers its dictionary. */
export function toArrowField(field: Field, index: number): ArrowField {
  const metadata = new Map([
    ["millrace.dtype", field.dtype],
    ["millrace.shape", JSON.stringify(field.shape)],
    ["millrace.categories", JSON.stringify(field.categories)],
  ]);
  return new ArrowField(field.name, arrowType(field, index), field.nullable, metadata);
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
  if (field.dtype === "string") return new Dictionary(new Utf8(), new Int32(), index);
  const item = ITEMS[field.dtype]();
  return field.shape === null || field.shape.length === 0 ? item : new FixedSizeList(widthOf(field), new ArrowField("item", item, false));
}

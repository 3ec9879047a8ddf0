import { field, fromRows } from "@millrace/core";
import { describeStep } from "@millrace/core/testkit";
import { templateNameStep } from "./template-name.js";

const frame = fromRows([field("size", "float64"), field("city", "string"), field("y", "float64")], Array.from({ length: 60 }, (_, row) => ({ size: row % 4 === 0 ? null : row, city: ["Oslo", "Rome"][row % 2]!, y: row })));

describeStep({ name: "template-name", step: "template-name", create: () => templateNameStep, frames: [frame, frame], model: { features: [] } });

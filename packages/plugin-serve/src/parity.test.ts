import { fromRows, randomRows, seeded, toRows, type Field, type Frame, type Json } from "@millrace/core";
import { randomGraph, typesModel } from "@millrace/core/testkit";
import onnx from "@millrace/plugin-onnx";
import { createExtension, createRegistry } from "@millrace/core/model";
import { expect, it } from "vitest";
import { runningServer, type TestServer } from "../fixtures/running-server.js";
import { frameReader } from "./inputs/frame-reader.js";
import { datatypeOf } from "./protocol/v2/datatype.js";

// The parity law: whichever way rows come, their answers have the same bits.
const models = [typesModel(), ...Array.from({ length: 6 }, (_, seed) => randomGraph(seeded(`parity ${seed}`)))];

const bits = (values: ArrayLike<number>) => Array.from(new Uint32Array(Float32Array.from(values).buffer));

/** The float32 outputs of a frame as bits, NaN as null. */
function outputBits(frame: Frame): Record<string, readonly (number | null)[]> {
  return Object.fromEntries(
    frame.fields.filter(({ dtype }) => dtype === "float32").map(({ name }) => {
      const { values } = frame.column(name) as { readonly values: Float32Array };
      return [name, bits(values).map((word, at) => (Number.isNaN(values[at]) ? null : word))];
    }),
  );
}

/** JSON that keeps the sign of -0, which JSON.stringify drops; infinities are texts. */
function wire(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (Object.is(one, -0) ? "@-0" : one === Infinity || one === -Infinity ? String(one) : one)).replaceAll('"@-0"', "-0");
}

const fromJson = (values: readonly unknown[]) => values.map((value) => (value === null || value === "NaN" ? null : bits([Number(value)])[0]!));

async function overRows(server: TestServer, model: string, rows: readonly object[], fields: readonly Field[]) {
  const answer = (await server.ask(`/v1/models/${model}/predict`, wire({ rows }))).json<{ readonly rows: readonly Record<string, Json>[] }>();
  return Object.fromEntries(fields.map(({ name }) => [name, fromJson(answer.rows.flatMap((row) => row[name] as unknown as readonly unknown[]))]));
}

/** The values of a column as the protocol has them. */
function tensorValues(frame: Frame, field: Field): readonly unknown[] {
  const rows = toRows(frame);
  return rows.map((row) => {
    const value = row[field.name]!;
    if (field.dtype === "string") return value ?? "";
    return field.dtype === "timestamp" && value !== null ? Date.parse(String(value)) : value;
  });
}

function jsonRequest(frame: Frame) {
  return { inputs: frame.fields.map((field) => ({ name: field.name, datatype: datatypeOf(field), shape: [frame.length, 1], data: tensorValues(frame, field) })) };
}

function binaryRequest(frame: Frame): { readonly body: Uint8Array; readonly headers: Record<string, string> } {
  const tensors = frame.fields.map((field) => {
    const values = tensorValues(frame, field);
    const bytes = field.dtype === "string" ? Buffer.concat(values.flatMap((text) => [Buffer.from(Uint32Array.of(Buffer.byteLength(String(text))).buffer), Buffer.from(String(text))])) : field.dtype === "bool" ? Buffer.from(values.map((value) => Number(value === true))) : Buffer.from(Float64Array.from(values as number[], (value) => value ?? NaN).buffer);
    const datatype = field.dtype === "string" ? "BYTES" : field.dtype === "bool" ? "BOOL" : "FP64";
    return { head: { name: field.name, datatype, shape: [frame.length, 1], parameters: { binary_data_size: bytes.length } }, bytes };
  });
  const json = Buffer.from(JSON.stringify({ inputs: tensors.map(({ head }) => head), parameters: { binary_data_output: true } }));
  return { body: Buffer.concat([json, ...tensors.map(({ bytes }) => bytes)]), headers: { "inference-header-content-length": String(json.length) } };
}

interface OutputTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data: readonly unknown[];
  readonly parameters: { readonly binary_data_size: number };
}

it("batch prediction, rows, tensors in JSON and tensors in bytes give equal bits", async () => {
  const server = await runningServer({ numbers: "text", limits: { rows: 2_000 } }, ...models.map((bundle, at) => ({ model: `m${at}`, bundle })));
  const runtime = await createExtension(createRegistry([onnx()]), { kind: "runtime", name: "onnxruntime", with: {} }, { folder: ".", home: ".", limits: { threads: 1, memoryBytes: 1 }, log: { info() {}, warn() {}, error() {}, debug() {} }, project: null, runTask: () => Promise.reject(new Error("none")) });
  for (const [at, bundle] of models.entries()) {
    const { inputs, outputs, seen } = bundle.signature;
    const floats = outputs.filter(({ dtype }) => dtype === "float32");
    // JSON has no infinities but as texts; bytes of BOOL have no missing value, so that rows without one stay.
    const drawn = toRows(randomRows(inputs, seen, 300, seeded(`rows ${at}`))).filter((row) => inputs.every(({ name, dtype }) => dtype !== "bool" || row[name] !== null));
    const frame = fromRows(inputs, drawn);
    await using predictor = await runtime.load(bundle);
    const expected = outputBits(await predictor.predict(frame));
    const rows = toRows(frame);
    // As the columns of a file come: numbers as float64.
    const columns = inputs.map((field): Field => (field.dtype === "float32" ? { ...field, dtype: "float64" } : field));
    const read = frameReader(bundle.signature, () => null)(fromRows(columns, rows), () => {});
    expect(outputBits(await predictor.predict(read))).toEqual(expected);
    expect(await overRows(server, `m${at}`, rows, floats)).toEqual(expected);
    // One by one, at once: rows of many requests go through the model together.
    const alone = await Promise.all(rows.slice(0, 40).map((row) => overRows(server, `m${at}`, [row], floats)));
    for (const { name } of floats) expect(alone.flatMap((one) => one[name]!)).toEqual(expected[name]!.slice(0, alone.flatMap((one) => one[name]!).length));

    const json = (await server.ask(`/v2/models/m${at}/infer`, wire(jsonRequest(frame)))).json<{ readonly outputs: readonly OutputTensor[] }>();
    expect(Object.fromEntries(json.outputs.filter(({ datatype }) => datatype === "FP32").map(({ name, data }) => [name, fromJson(data)]))).toEqual(expected);

    const { body, headers } = binaryRequest(frame);
    const answer = await server.ask(`/v2/models/m${at}/infer`, body, headers);
    const length = Number(answer.headers.get("inference-header-content-length"));
    let offset = length;
    const found: Record<string, readonly (number | null)[]> = {};
    for (const { name, datatype, parameters } of (JSON.parse(answer.bytes.subarray(0, length).toString()) as { readonly outputs: readonly OutputTensor[] }).outputs) {
      const bytes = answer.bytes.subarray(offset, (offset += parameters.binary_data_size));
      if (datatype === "FP32") found[name] = Array.from({ length: bytes.length / 4 }, (_, k) => (Number.isNaN(bytes.readFloatLE(4 * k)) ? null : bytes.readUInt32LE(4 * k)));
    }
    expect(found).toEqual(expected);
  }
});

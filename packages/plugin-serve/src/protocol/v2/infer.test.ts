import { deflateSync, gzipSync } from "node:zlib";
import { fragileModel, typesModel } from "@millrace/core/testkit";
import { createGraph, field, type Json } from "@millrace/core";
import { beforeAll, describe, expect, it } from "vitest";
import { runningServer, type TestServer } from "../../../fixtures/running-server.js";

/** Gives its text as it came. */
function echoModel() {
  const graph = createGraph("echo");
  graph.output("said", graph.input(field("text", "string")), field("said", "string"));
  const signature = { name: "echo", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} };
  return { onnx: graph.finish(signature), signature };
}

let server: TestServer;
beforeAll(async () => {
  server = await runningServer({ limits: { rows: 1_000 } }, { model: "echo", bundle: echoModel() }, { model: "types", bundle: typesModel() }, { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }, { x: 3 }] });
});

type Tensor = Readonly<Record<string, unknown>>;
const x = (more: Tensor = {}): Tensor => ({ name: "x", datatype: "FP64", shape: [2], data: [1, 2], ...more });
const infer = (body: unknown, headers = {}) => server.ask("/v2/models/fragile/infer", body as Json, headers);
/** The JSON of a request, and bytes behind it. */
function binary(head: object, ...tensors: readonly Uint8Array[]) {
  const json = Buffer.from(JSON.stringify(head));
  return { body: Buffer.concat([json, ...tensors]), headers: { "inference-header-content-length": String(json.length) } };
}
const float64 = (...values: readonly number[]) => new Uint8Array(Float64Array.from(values).buffer);

describe("an infer request", () => {
  it("takes flat and nested data, shapes [N] and [N, 1], other kinds of numbers, and a slash at the end", async () => {
    const expected = { model_name: "fragile", model_version: "1", outputs: [{ name: "prediction", datatype: "FP32", shape: [2, 1], data: [11, 12] }] };
    for (const tensor of [x(), x({ shape: [2, 1] }), x({ shape: [2, 1], data: [[1], [2]] }), x({ datatype: "FP32" }), x({ datatype: "INT64" }), x({ datatype: "UINT8" })])
      expect((await infer({ inputs: [tensor] })).json()).toEqual(expected);
    expect((await server.ask("/v2/models/fragile/infer/", { inputs: [x()] } as unknown as Json)).json()).toEqual(expected);
    expect((await server.ask("/v2/models/fragile/versions/1/infer", { inputs: [x()] } as unknown as Json)).json()).toEqual(expected);
    expect((await server.ask("/v2/models/fragile/versions/champion/infer", { inputs: [x()] } as unknown as Json)).json()).toEqual(expected);
  });

  it("has its id echoed, and may have parameters that are not known", async () => {
    expect((await infer({ id: "a b", parameters: { timeout: 5 }, inputs: [x({ parameters: { any: "thing" } })] })).json()).toMatchObject({ id: "a b" });
  });

  it("may be compressed, and needs no Content-Type, or has an odd one", async () => {
    const body = Buffer.from(JSON.stringify({ inputs: [x()] }));
    expect((await infer(gzipSync(body), { "content-encoding": "gzip" })).status).toBe(200);
    expect((await infer(deflateSync(body), { "content-encoding": "deflate" })).status).toBe(200);
    expect((await infer(body, { "content-type": "text/plain" })).status).toBe(200);
    expect((await infer(body, { "content-type": "application/x-www-form-urlencoded" })).status).toBe(200);
    expect((await infer(body, { "content-encoding": "br" })).status).toBe(415);
    expect((await infer(body, { "content-encoding": "gzip" })).status).toBe(415);
  });

  it("chooses outputs, and which of them are binary", async () => {
    const { body, headers } = binary({ inputs: [x({ data: undefined, parameters: { binary_data_size: 16 } })], outputs: [{ name: "prediction", parameters: { binary_data: true } }] }, float64(0, 3));
    const answer = await infer(body, headers);
    const length = Number(answer.headers.get("inference-header-content-length"));
    expect(JSON.parse(answer.bytes.subarray(0, length).toString())).toMatchObject({ outputs: [{ name: "prediction", shape: [2, 1], parameters: { binary_data_size: 8 } }] });
    expect([answer.bytes.readFloatLE(length), answer.bytes.readFloatLE(length + 4)]).toEqual([10, 13]);
    const all = await infer({ parameters: { binary_data_output: true }, inputs: [x()] });
    expect(all.headers.get("content-type")).toBe("application/octet-stream");
    const none = await infer({ parameters: { binary_data_output: true }, inputs: [x()], outputs: [{ name: "prediction", parameters: { binary_data: false } }] });
    expect(none.json()).toMatchObject({ outputs: [{ data: [11, 12] }] });
  });

  it("takes halves of floats as bytes", async () => {
    for (const [datatype, bytes] of [["BF16", [0x80, 0x3f, 0x00, 0x40]], ["FP16", [0x00, 0x3c, 0x00, 0x40]]] as const) {
      const { body, headers } = binary({ inputs: [x({ datatype, data: undefined, parameters: { binary_data_size: 4 } })] }, Uint8Array.from(bytes));
      expect((await infer(body, headers)).json()).toMatchObject({ outputs: [{ data: [11, 12] }] });
    }
  });

  it("gives the greatest of an output's values, with place and label, where a classification is asked for", async () => {
    const columns = [["city", "BYTES", "Rome"], ["price", "FP64", 20], ["weight", "FP32", 1.5], ["items", "INT32", 3], ["ticket", "INT64", 5], ["member", "BOOL", true], ["at", "INT64", 0]] as const;
    const inputs = columns.map(([name, datatype, value]) => ({ name, datatype, shape: [2, 1], data: [value, value] }));
    const ask = (name: string, parameters: object) => server.ask("/v2/models/types/infer", { inputs, outputs: [{ name: "probabilities" }, { name, parameters }] } as Json);
    type Outputs = { readonly outputs: readonly { readonly shape: readonly number[]; readonly datatype: string; readonly data: readonly (number | string)[] }[] };
    for (const classes of [1, 2, 5]) {
      // An output may not be asked for twice: the values come from a request of their own.
      const [whole] = (await server.ask("/v2/models/types/infer", { inputs, outputs: [{ name: "probabilities" }] } as Json)).json<Outputs>().outputs;
      const [found] = (await server.ask("/v2/models/types/infer", { inputs, outputs: [{ name: "probabilities", parameters: { classification: classes } }] } as Json)).json<Outputs>().outputs;
      const [no, yes] = whole!.data as readonly [number, number];
      const sorted = [`${no}:0:no`, `${yes}:1:yes`].sort((left, right) => parseFloat(right) - parseFloat(left)).slice(0, classes);
      expect(found).toMatchObject({ name: "probabilities", datatype: "BYTES", shape: [2, Math.min(classes, 2)], data: [...sorted, ...sorted] });
    }
    expect((await ask("label", { classification: 1 })).status).toBe(400);
    const { headers, bytes } = await server.ask("/v2/models/types/infer", { inputs, outputs: [{ name: "score", parameters: { classification: 3, binary_data: true } }] } as Json);
    const length = Number(headers.get("inference-header-content-length"));
    expect(JSON.parse(bytes.subarray(0, length).toString())).toMatchObject({ outputs: [{ datatype: "BYTES", shape: [2, 1], parameters: { binary_data_size: bytes.length - length } }] });
    expect(bytes.subarray(length + 4, length + 4 + bytes.readUInt32LE(length)).toString()).toMatch(/^0\.\d+:0$/);
  });

  it("may be bytes alone where the model has one input", async () => {
    const answer = await infer(float64(1, 2, 3), { "inference-header-content-length": "0" });
    const length = Number(answer.headers.get("inference-header-content-length"));
    expect(answer.bytes.subarray(length)).toEqual(Buffer.from(Float32Array.of(11, 12, 13).buffer));
    expect((await infer(new Uint8Array(7), { "inference-header-content-length": "0" })).status).toBe(400);
    expect((await server.ask("/v2/models/types/infer", float64(1), { "inference-header-content-length": "0" })).status).toBe(400);
    const text = (bytes: Uint8Array) => server.ask("/v2/models/echo/infer", bytes, { "inference-header-content-length": "0" });
    const told = await text(Buffer.from("東京"));
    expect(told.bytes.subarray(Number(told.headers.get("inference-header-content-length")) + 4).toString()).toBe("東京");
    expect((await text(Uint8Array.of(0xff))).status).toBe(400);
  });
});

describe("an infer request that is wrong", () => {
  const inputs = (...tensors: readonly Tensor[]) => ({ inputs: tensors });
  const cases: readonly (readonly [string, unknown])[] = [
    ["no object", []],
    ["null", null],
    ["a text", "text"],
    ["no inputs", {}],
    ["inputs that are no list", { inputs: {} }],
    ["an empty list of inputs", { inputs: [] }],
    ["an id that is no text", { id: 5, inputs: [x()] }],
    ["parameters that are no object", { parameters: [1], inputs: [x()] }],
    ["parameters that nest", { parameters: { a: { b: 1 } }, inputs: [x()] }],
    ["an unknown input", inputs(x({ name: "y" }))],
    ["an input twice", inputs(x(), x())],
    ["an input that is null", { inputs: [null] }],
    ["a datatype that is unknown", inputs(x({ datatype: "FP128" }))],
    ["a datatype named like a member of objects", inputs(x({ datatype: "constructor" }))],
    ["a datatype that does not fit", inputs(x({ datatype: "BYTES", data: ["1", "2"] }))],
    ["FP16 in JSON", inputs(x({ datatype: "FP16" }))],
    ["BF16 in JSON", inputs(x({ datatype: "BF16" }))],
    ["a negative size", inputs(x({ shape: [-2] }))],
    ["a fraction as a size", inputs(x({ shape: [2.5] }))],
    ["a size beyond 2^53", inputs(x({ shape: [2 ** 60] }))],
    ["sizes whose product overflows", inputs(x({ shape: [2 ** 4, 2 ** 52] }))],
    ["no rows", inputs(x({ shape: [0], data: [] }))],
    ["no shape", inputs(x({ shape: undefined }))],
    ["the shape of a scalar", inputs(x({ shape: [], data: [1] }))],
    ["too many dims", inputs(x({ shape: [2, 1, 1] }))],
    ["a second dim of 2", inputs(x({ shape: [1, 2] }))],
    ["fewer values than the shape says", inputs(x({ data: [1] }))],
    ["more values than the shape says", inputs(x({ data: [1, 2, 3] }))],
    ["ragged data", inputs(x({ shape: [2, 1], data: [[1], [2, 3]] }))],
    ["data that nests too deep", inputs(x({ shape: [2, 1], data: [[[1]], [[2]]] }))],
    ["no data", inputs(x({ data: undefined }))],
    ["data that is no list", inputs(x({ data: 5 }))],
    ["texts for numbers", inputs(x({ data: ["1", "2"] }))],
    ["truths for numbers", inputs(x({ data: [true, false] }))],
    ["null where nothing may be missing", inputs(x({ data: [1, null] }))],
    ["values that the datatype does not hold", inputs(x({ datatype: "UINT8", data: [1, 256] }))],
    ["fractions for whole numbers", inputs(x({ datatype: "INT32", data: [1, 1.5] }))],
    ["an output that is unknown", { inputs: [x()], outputs: [{ name: "y" }] }],
    ["an output named like a member of objects", { inputs: [x()], outputs: [{ name: "__proto__" }] }],
    ["an output twice", { inputs: [x()], outputs: [{ name: "prediction" }, { name: "prediction" }] }],
    ["a classification that is no count", { inputs: [x()], outputs: [{ name: "prediction", parameters: { classification: -1 } }] }],
    ["a classification that is a text", { inputs: [x()], outputs: [{ name: "prediction", parameters: { classification: "2" } }] }],
    ["binary_data that is no truth", { inputs: [x()], outputs: [{ name: "prediction", parameters: { binary_data: "yes" } }] }],
    ["a size of bytes that are not there", inputs(x({ data: undefined, parameters: { binary_data_size: 16 } }))],
    ["a negative size of bytes", inputs(x({ data: undefined, parameters: { binary_data_size: -1 } }))],
    ["data and bytes", inputs(x({ parameters: { binary_data_size: 16 } }))],
    ["too many rows", inputs(x({ shape: [2_000], data: Array.from({ length: 2_000 }, () => 1) }))],
  ];
  it.each(cases)("is refused in one line of JSON: %s", async (name, body) => {
    const answer = await infer(body === undefined ? "" : JSON.stringify(body));
    expect(answer.status).toBe(name === "too many rows" ? 413 : 400);
    expect(answer.json()).toMatchObject({ error: expect.any(String), code: expect.stringMatching(/^SERVE_/) });
    expect(answer.text).not.toContain("\n");
    expect(answer.text).not.toMatch(/\/work|node_modules|\.js|\.ts/);
  });

  it.each(["-1", "abc", "", "1e3", "99999999999", "999999999999999999999", "0x10", "+5", "5 5"])("is refused for the length %j of its head", async (length) => {
    expect((await infer({ inputs: [x()] }, { "inference-header-content-length": length })).status).toBe(400);
  });

  it.each(["{", "nope", '{"inputs":[', "\u0000", '{"inputs":}', "", "[1,]", "{'a':1}", '{"a":1}x', "01", "1e400x"])("is refused where it is no JSON: %j", async (text) => {
    expect((await infer(text)).status).toBe(400);
  });

  it("is refused where its JSON is no UTF-8: no other text is read in the place of what was sent", async () => {
    const text = (...bytes: readonly number[]) => Buffer.concat([Buffer.from('{"id":"'), Buffer.from(bytes), Buffer.from(`",${JSON.stringify({ inputs: [x()] }).slice(1)}`)]);
    for (const [bytes, status] of [[text(0xff), 400], [text(0xc3), 400], [text(0xed, 0xa0, 0x80), 400], [text(0xc3, 0xa9), 200]] as const) expect((await infer(bytes)).status).toBe(status);
    expect((await server.ask("/v1/models/fragile/predict", Buffer.concat([Buffer.from('{"rows":[{"x":1}],"outputs":["'), Buffer.from([0xff]), Buffer.from('"]}')]))).json()).toMatchObject({ code: "SERVE_BODY" });
  });

  it("is refused where its bytes are not those of its tensors", async () => {
    const tensor = (size: number) => ({ inputs: [x({ data: undefined, parameters: { binary_data_size: size } })] });
    for (const [size, ...bytes] of [[15, new Uint8Array(15)], [17, new Uint8Array(17)], [16, new Uint8Array(15)], [16, new Uint8Array(17)]] as const) {
      const { body, headers } = binary(tensor(size), ...bytes);
      expect((await infer(body, headers)).status).toBe(400);
    }
  });

  it("leaves the server as it was", async () => {
    expect((await infer({ inputs: [x()] })).status).toBe(200);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("values", () => {
  const columns: Readonly<Record<string, Tensor>> = {
    city: { datatype: "BYTES", data: ["Rome"] },
    price: { datatype: "FP64", data: [20] },
    weight: { datatype: "FP32", data: [1.5] },
    items: { datatype: "INT32", data: [3] },
    ticket: { datatype: "INT64", data: [5] },
    member: { datatype: "BOOL", data: [true] },
    at: { datatype: "INT64", data: [Date.UTC(2022, 0, 1)] },
  };
  const asked = (changed: Readonly<Record<string, Tensor>>) => ({ inputs: Object.entries({ ...columns, ...changed }).map(([name, tensor]) => ({ name, shape: [1, 1], ...tensor })) });
  const types = (body: unknown, headers = {}) => server.ask("/v2/models/types/infer", body as Json, headers);

  it("of 64 bits are exact: what a float64 cannot hold is refused, and never rounded", async () => {
    const text = JSON.stringify(asked({ ticket: { datatype: "INT64", data: ["@"] } }));
    expect((await types(text.replace('"@"', "9007199254740991"))).status).toBe(200);
    const refused = await types(text.replace('"@"', "9007199254740993"));
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("9007199254740993");
    expect((await types(text.replace('"@"', "9223372036854775808"))).status).toBe(400);
    expect((await types(text.replace("INT64", "UINT64").replace('"@"', "18446744073709551615"))).status).toBe(400);
  });

  it("that are missing come as null, NaN, or an empty text; bare NaN too, as Python writes it", async () => {
    const whole = (await types(asked({ price: { datatype: "FP64", data: [null] }, city: { datatype: "BYTES", data: [""] } }))).json();
    const bare = (await types(JSON.stringify(asked({ price: { datatype: "FP64", data: ["@"] }, city: { datatype: "BYTES", data: [null] } })).replace('"@"', "NaN"))).json();
    expect(bare).toEqual(whole);
  });

  it("overflow to an infinity, which is a number like others", async () => {
    expect((await types(JSON.stringify(asked({ price: { datatype: "FP64", data: ["@"] } })).replace('"@"', "1e400"))).status).toBe(200);
    expect((await types(JSON.stringify(asked({ price: { datatype: "FP64", data: ["@"] } })).replace('"@"', "-Infinity"))).status).toBe(200);
  });

  it("of texts in bytes end where they say, hold no NUL, and are UTF-8", async () => {
    const text = (length: number, ...bytes: readonly number[]) => Buffer.concat([Buffer.from(Uint32Array.of(length).buffer), Buffer.from(bytes)]);
    const ask = (bytes: Uint8Array) => {
      const { body, headers } = binary(asked({ city: { datatype: "BYTES", parameters: { binary_data_size: bytes.length }, data: undefined } }), bytes);
      return types(body, headers);
    };
    expect((await ask(text(4, ...Buffer.from("Rome")))).status).toBe(200);
    expect((await ask(text(0))).status).toBe(200);
    for (const bytes of [text(5, ...Buffer.from("Rome")), text(2 ** 32 - 1, 65), text(3, ...Buffer.from("Rome")), text(3, 65, 0, 66), text(2, 0xff, 0xfe), new Uint8Array(3), new Uint8Array(0)]) expect((await ask(bytes)).status).toBe(400);
  });
});

describe("the rest of the protocol", () => {
  it("has metadata, health and an index", async () => {
    expect((await server.get("/v2")).json()).toMatchObject({ name: "millrace", version: expect.any(String), extensions: expect.arrayContaining(["binary_tensor_data"]) });
    expect((await server.get("/v2/")).status).toBe(200);
    for (const path of ["/v2/health/live", "/v2/health/ready", "/v2/models/types/ready", "/v2/models/types/versions/1/ready"]) expect((await server.get(path)).status).toBe(200);
    expect((await server.get("/v2/models/fragile")).json()).toEqual({
      name: "fragile", versions: ["1"], platform: "onnx_onnxv1", properties: { version: "1" },
      inputs: [{ name: "x", datatype: "FP64", shape: [-1, 1] }], outputs: [{ name: "prediction", datatype: "FP32", shape: [-1, 1] }],
    });
    expect((await server.ask("/v2/repository/index", { ready: true })).json<readonly object[]>()).toHaveLength(3);
    expect((await server.ask("/v2/repository/index", { ready: 1 })).status).toBe(400);
    expect((await server.get("/v2/models/fragile/config")).json()).toEqual({
      name: "fragile", platform: "onnx_onnxv1", backend: "onnxruntime", version_policy: { specific: { versions: [1] } }, max_batch_size: 1_000,
      input: [{ name: "x", data_type: "TYPE_FP64", dims: [1] }], output: [{ name: "prediction", data_type: "TYPE_FP32", dims: [1] }],
    });
    expect((await server.get("/v2/models/types/versions/1/config")).json()).toMatchObject({ input: expect.arrayContaining([{ name: "city", data_type: "TYPE_STRING", dims: [1] }]) });
    expect((await server.get("/v2/models/stats")).json<{ model_stats: readonly { name: string }[] }>().model_stats.map(({ name }) => name).sort()).toEqual(["echo", "fragile", "types"]);
    expect((await server.get("/v2/health/live")).json()).toEqual({ live: true });
    expect((await server.get("/v2/health/ready")).json()).toEqual({ ready: true });
    expect((await server.get("/v2/models/types/ready")).json()).toEqual({ name: "types", ready: true });
    expect((await server.get("/v2/models/types/stats")).json()).toMatchObject({ model_stats: [{ name: "types", inference_stats: { success: { count: expect.any(Number) } } }] });
  });

  it("knows no other models and versions", async () => {
    for (const path of ["/v2/models/absent", "/v2/models/types/versions/9", "/v2/models/types/versions/0", "/v2/models/types/versions/01", "/v2/models/__proto__", "/v2/models/constructor/ready", "/v2/models/...", "/v2/models/types/versions/none"]) expect([path, (await server.get(path)).status]).toEqual([path, 404]);
  });
});

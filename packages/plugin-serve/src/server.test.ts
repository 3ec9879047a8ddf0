import { cast, createGraph, field } from "@millrace/core";
import { fragileModel, typesModel } from "@millrace/core/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { runningServer, type TestServer } from "../fixtures/running-server.js";

const ROW = { city: "Oslo", price: 20, weight: 1.5, items: 3, ticket: 7, member: true, at: "2023-05-01T00:00:00Z" };
const SECRET = "very-private-name";

let server: TestServer;
beforeAll(async () => {
  server = await runningServer({ log: "requests", limits: { rows: 5 } }, { model: "types", bundle: typesModel(), pii: ["city"] });
});
const predict = (body: object, headers = {}) => server.ask("/v1/models/types/predict", body as never, headers);

describe("the row API", () => {
  it("answers with outputs by name, version and request id", async () => {
    const answer = await predict({ rows: [ROW, { ...ROW, city: null }] }, { "x-request-id": "mine-1" });
    expect(answer.json()).toEqual({
      model: "types", version: 1, id: "mine-1",
      rows: Array.from({ length: 2 }, () => ({ probabilities: [expect.any(Number), expect.any(Number)], label: expect.stringMatching(/^(yes|no)$/), score: expect.any(Number) })),
    });
    expect(answer.headers.get("x-request-id")).toBe("mine-1");
    expect((await predict({ rows: [ROW] }, { "x-request-id": "no spaces" })).json()["id"]).not.toBe("no spaces");
  });

  it("answers with the outputs that are asked for", async () => {
    expect((await predict({ rows: [ROW], outputs: ["score"] })).json()["rows"]).toEqual([{ score: expect.any(Number) }]);
    expect((await predict({ rows: [ROW], outputs: [] })).json()["rows"]).toEqual([{}]);
    expect((await predict({ rows: [ROW], outputs: ["scores"] })).json()).toMatchObject({ code: "SERVE_OUTPUT", mend: expect.stringContaining("score") });
  });

  it.each([[{}, 400], [{ rows: [] }, 400], [{ rows: [1] }, 400], [{ rows: {} }, 400], [{ rows: [null] }, 400], [{ rows: [[]] }, 400], [{ row: [ROW] }, 400], [{ rows: [ROW], output: [] }, 400], [{ rows: [ROW], outputs: "score" }, 400], [{ rows: Array.from({ length: 6 }, () => ROW) }, 413]] as const)("refuses %j", async (body, status) => {
    expect((await predict(body)).status).toBe(status);
  });
});

it("names the row on which the model fails", async () => {
  const one = await runningServer({ inputs: { y: "flag" } }, { model: "fragile", bundle: fragileModel(), golden: [{ x: 0 }, { x: 3 }] });
  const answer = await one.ask("/v1/models/fragile/predict", { rows: Array.from({ length: 100 }, (_, at) => ({ x: at === 73 ? 987_654 : at % 4 })) });
  expect([answer.status, answer.json()]).toMatchObject([500, { code: "SERVE_FAILED", row: 73, error: "The model failed on row 73." }]);
  // What the runtime says may hold values of the rows.
  expect(one.lines.filter(([level]) => level === "error")).toEqual([["error", expect.objectContaining({ cause: "RUNTIME_FAILED" }), "a request failed"]]);
  expect(JSON.stringify(one.lines.filter(([level]) => level !== "debug"))).not.toContain("987654");
  expect(one.lines.some(([level, facts]) => level === "warn" && (facts as { column?: string }).column === "y")).toBe(true);
});

describe("what a server tells", () => {
  it("passes a trace on", async () => {
    const trace = "0af7651916cd43dd8448eb211c80319c";
    const answer = await predict({ rows: [ROW] }, { traceparent: `00-${trace}-b7ad6b7169203331-01` });
    expect(answer.headers.get("traceparent")).toMatch(new RegExp(`^00-${trace}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`));
    expect(server.lines.some(([, facts]) => (facts as { trace?: string }).trace === trace)).toBe(true);
  });

  it("holds nothing that a client sent, neither in the log nor in the metrics", async () => {
    expect((await predict({ rows: [{ ...ROW, city: SECRET, price: "12.3456" }] }, { authorization: `Bearer ${SECRET}` })).status).toBe(400);
    expect((await predict({ rows: [{ ...ROW, city: [SECRET] }] })).text).not.toContain(SECRET);
    expect((await server.ask(`/v1/models/types/predict?name=${SECRET}`, { rows: [{ ...ROW, city: SECRET }] })).status).toBe(200);
    const metrics = (await server.get("/metrics")).text;
    expect(JSON.stringify(server.lines) + metrics).not.toContain(SECRET);
    expect(JSON.stringify(server.lines)).not.toContain("12.3456");
    expect(server.lines.filter(([, , message]) => message === "request").length).toBeGreaterThan(3);
  });

  it("counts requests, batches, failures and flags by model and version", async () => {
    await predict({ rows: [{ ...ROW, price: 1e6 }] });
    const { text, headers } = await server.get("/metrics");
    expect(headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of [
      /^millrace_request_duration_seconds_count\{model="types",version="1",protocol="rows"\} [1-9]/m, /^millrace_batch_rows_bucket\{model="types",version="1",le="1"\} [1-9]/m, /^millrace_queue_seconds_count\{model="types",version="1"\} [1-9]/m,
      /^millrace_failures_total\{model="types",version="1",reason="SERVE_INPUT"\} [1-9]/m, /^millrace_flags_total\{model="types",version="1",column="price",kind="range"\} 1$/m, /^millrace_pending_requests\{model="types",version="1"\} 0$/m,
      /^millrace_model_info\{model="types",version="1",place="in-process"\} 1$/m, /^millrace_store_up 1$/m, /^process_resident_memory_bytes \d+$/m,
    ]) expect(text).toMatch(line);
    for (const line of text.trim().split("\n")) expect(line).toMatch(/^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(\{.*\})? (\d|[+-]?Inf|NaN).*)$/);
  });

  it("describes a model by its columns, without what is personal", async () => {
    const document = (await server.get("/v1/models/types/openapi.json")).json<{ openapi: string; components: { schemas: { Row: { properties: Record<string, object>; required: string[] } } }; paths: Record<string, { post: { requestBody: { content: { "application/json": { example: { rows: object[] } } } } } }> }>();
    expect(document.openapi).toBe("3.1.0");
    const { properties, required } = document.components.schemas.Row;
    expect(required).toEqual(Object.keys(ROW));
    expect(properties["price"]).toEqual({ type: ["number", "null"], format: "double", "x-seen-minimum": 0, "x-seen-maximum": 100 });
    expect(JSON.stringify(document)).not.toMatch(/Oslo|Rome/);
    const [example] = document.paths["/v1/models/types/predict"]!.post.requestBody.content["application/json"].example.rows;
    expect((await predict({ rows: [example!] })).status).toBe(200);
    expect((await server.get("/v1/models/types")).text).not.toMatch(/Oslo|Rome/);
  });
});

/** Gives `x` as it came. */
function echoModel() {
  const graph = createGraph("echo");
  const x = graph.input(field("x", "float64"));
  graph.output("y", cast(graph, x, "float32"), field("y", "float32"));
  const signature = { name: "echo", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} };
  return { onnx: graph.finish(signature), signature };
}

describe("numbers that JSON lacks", () => {
  it.each([["null", null, null], ["text", "Infinity", "NaN"], ["error", undefined, null]] as const)("are written as the config says: %s", async (numbers, infinity, missing) => {
    const one = await runningServer({ numbers }, { model: "echo", bundle: echoModel() });
    const infer = (data: string) => one.ask("/v2/models/echo/infer", `{"inputs":[{"name":"x","datatype":"FP64","shape":[1],"data":[${data}]}]}`);
    const rows = (x: string) => one.ask("/v1/models/echo/predict", `{"rows":[{"x":${x}}]}`);
    if (infinity === undefined) for (const answer of [await infer("1e400"), await rows("1e400")]) expect([answer.status, answer.json()["code"]]).toEqual([422, "SERVE_NUMBER"]);
    else {
      expect((await infer("1e400")).json()).toMatchObject({ outputs: [{ data: [infinity] }] });
      expect((await rows("1e400")).json()).toMatchObject({ rows: [{ y: infinity }] });
    }
    // A missing value is null in rows, whatever the policy.
    expect((await rows("null")).json()).toMatchObject({ rows: [{ y: null }] });
    expect((await infer("NaN")).json()).toMatchObject({ outputs: [{ data: [missing] }] });
    expect((await infer("-0")).text).toContain('"data":[-0]');
    expect((await rows("-0")).text).toContain('"y":-0');
    expect((await infer('"Infinity"')).status).toBe(numbers === "text" ? 200 : 400);
  });
});

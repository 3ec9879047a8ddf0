import { typesModel } from "@millrace/core/testkit";
import { expect, it } from "vitest";
import { runningServer } from "../../fixtures/running-server.js";

interface Document {
  readonly paths: Readonly<Record<string, { readonly post: { readonly responses: object } }>>;
  readonly components: { readonly schemas: { readonly Row: { readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>; readonly required: readonly string[]; readonly additionalProperties: boolean } } };
}

it("names the path that it was asked by", async () => {
  const server = await runningServer({}, { model: "types", bundle: typesModel() });
  for (const path of ["/v1/models/types", "/v1/models/types/versions/1", "/v1/models/types/aliases/champion"]) expect(Object.keys((await server.get(`${path}/openapi.json`)).json<Document>().paths)).toEqual([`${path}/predict`]);
});

it("says what the config has the server refuse, and no bound that it does not refuse by", async () => {
  const inputs = { price: "refuse", weight: "refuse", city: "refuse", at: "refuse", items: "missing", ticket: "flag" };
  const server = await runningServer({ inputs, unknown: "ignore" }, { model: "types", bundle: typesModel() });
  const { Row } = (await server.get("/v1/models/types/openapi.json")).json<Document>().components.schemas;
  const { price, city, at, items, member } = Row.properties;
  expect(price).toMatchObject({ minimum: 0, maximum: 100, "x-policy": "refuse" });
  expect(city).toMatchObject({ enum: ["Oslo", "Rome", "東京", "", null] });
  expect([at!["minimum"], items!["maximum"], items!["x-policy"], member!["x-policy"]]).toEqual([undefined, 2 ** 31 - 1, "missing", undefined]);
  expect(at).toMatchObject({ "x-seen-minimum": "2020-01-01T00:00:00.000Z" });
  expect(Row).toMatchObject({ required: ["city", "price", "weight", "member", "at"], additionalProperties: true });
  // Each of these is what the server does.
  const row = { city: "Oslo", price: 20, weight: 1.5, items: 3, ticket: 7, member: true, at: "2023-05-01T00:00:00Z" };
  const status = async (changed: object) => (await server.ask("/v1/models/types/predict", { rows: [{ ...row, ...changed }] })).status;
  for (const [changed, expected] of [[{}, 200], [{ price: 101 }, 400], [{ city: "Bern" }, 400], [{ city: "" }, 200], [{ city: null }, 200], [{ items: undefined }, 200], [{ more: 1 }, 200], [{ price: undefined }, 400]] as const) expect([changed, await status(changed)]).toEqual([changed, expected]);
});

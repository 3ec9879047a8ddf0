import { expect, test } from "vitest";
import { digestOf, digestOfJson } from "../fold/digest.js";
import { createMemoryArtifacts } from "../testkit/memory-artifacts.js";
import { putBytes, putJson, readBytes, readJson, verified } from "./artifact-bytes.js";

test("bytes and JSON go and come back", async () => {
  const artifacts = createMemoryArtifacts();
  const id = await putBytes(artifacts, Buffer.from("abc"));
  expect([...(await readBytes(artifacts, id))]).toEqual([97, 98, 99]);
  const json = { b: [0.1, null, "é\u{1f600}"], a: {} };
  expect(await putJson(artifacts, json)).toBe(digestOfJson(json));
  expect(await readJson(artifacts, digestOfJson({ a: {}, b: [0.1, null, "é\u{1f600}"] }))).toEqual(json);
});

test("verified chunks pass as they are, and end in ARTIFACT_DAMAGED where they are others", async () => {
  const chunks = [Buffer.from("ab"), Buffer.from("c")];
  const seen: Uint8Array[] = [];
  for await (const chunk of verified(digestOf(Buffer.from("abc")), chunks)) seen.push(chunk);
  expect(seen).toEqual(chunks);
  const read = async (): Promise<void> => {
    for await (const chunk of verified(digestOf(Buffer.from("abd")), chunks)) seen.push(chunk);
  };
  await expect(read()).rejects.toMatchObject({ code: "ARTIFACT_DAMAGED", facts: { found: digestOf(Buffer.from("abc")) } });
});

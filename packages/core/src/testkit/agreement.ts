import type { Frame } from "../contracts/frame.js";
import type { ModelBundle, Predictor, Runtime } from "../contracts/runtime.js";
import { concat, slice } from "../frame/take.js";
import { referenceRuntime } from "../graph/reference/runtime.js";
import { difference } from "../run/certify/difference.js";

/** Rows that are run alone, one by one; more would only cost time. */
const ALONE = 12;

/**
 * Where runtimes part over these batches, in words; null where they agree: each of them, whole, split and as it chooses, a row alone and in its batch, and the
 * reference runtime, to 1 ulp of float32, and exactly in text and codes.
 */
export async function disagreement(runtimes: readonly Runtime[], model: ModelBundle, batches: readonly Frame[]): Promise<string | null> {
  const expected = await answersOf(model, batches);
  for (const runtime of runtimes)
    for (const how of ["whole", "split", "auto"] as const) {
      await using predictor = await runtime.load(model, how);
      for (const [index, batch] of batches.entries()) {
        const found = parted(expected[index]!, await predictor.predict(batch)) ?? (await rowsApart(predictor, batch));
        if (found !== null) return `${runtime.facts.name}, ${how}, ${batch.length} rows: ${found}`;
      }
    }
  return null;
}

/** What the reference runtime says, asked once. */
async function answersOf(model: ModelBundle, batches: readonly Frame[]): Promise<readonly Frame[]> {
  await using reference = await referenceRuntime.load(model);
  const answers: Frame[] = [];
  for (const batch of batches) answers.push(await reference.predict(batch));
  return answers;
}

async function rowsApart(predictor: Predictor, batch: Frame): Promise<string | null> {
  const count = Math.min(batch.length, ALONE);
  if (count < 2) return null;
  const alone: Frame[] = [];
  for (let row = 0; row < count; row++) alone.push(await predictor.predict(slice(batch, row, row + 1)));
  const found = parted(slice(await predictor.predict(batch), 0, count), concat(alone as [Frame, ...Frame[]]));
  return found === null ? null : `a row alone: ${found}`;
}

function parted(expected: Frame, found: Frame): string | null {
  if (expected.length !== found.length) return `${found.length} rows came out of ${expected.length}`;
  const { maximumUlp, labels } = difference(expected, found);
  if (labels > 0) return `${labels} texts differ`;
  return maximumUlp <= 1 ? null : `numbers differ by ${maximumUlp} ulp`;
}

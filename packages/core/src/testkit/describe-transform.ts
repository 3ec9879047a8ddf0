import { describeLaws } from "./law.js";
import type { TransformCase } from "./transform/transform-case.js";
import { transformLaws } from "./transform/transform-laws.js";

/** The laws of transforms, those of its fold among them, as tests of one transform. */
export function describeTransform(subject: TransformCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a transform`, transformLaws, subject);
}

import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";

/** Validates options and describes them as JSON Schema. zod 4 satisfies both interfaces; the contracts need no zod. */
export type Schema<Input = any, Output = any> = StandardSchemaV1<Input, Output> & StandardJSONSchemaV1<Input, Output>;

/** What the user writes. */
export type In<S extends Schema> = StandardSchemaV1.InferInput<S>;

/** What `create` receives: defaults filled in. */
export type Out<S extends Schema> = StandardSchemaV1.InferOutput<S>;

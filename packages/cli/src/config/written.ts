/** `${env:NAME}`, `${env:NAME:-default}`, `${file:path}` */
type Reference = `\${${"env" | "file"}:${string}}`;

/** What a config may write where an option is expected: a text may come from a file, a number or truth value from the environment. */
export type Written<T> = T extends string
  ? string extends T
    ? T | { readonly file: string }
    : T
  : T extends number | boolean
    ? T | Reference
    : T extends readonly (infer Item)[]
      ? readonly Written<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Written<T[Key]> }
        : T;

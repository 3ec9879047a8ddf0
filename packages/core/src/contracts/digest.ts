/** sha256 in lower hex with its prefix: `sha256:<64 hex digits>`. Branded, so that no plain string passes for one. */
export type Digest = `sha256:${string}` & { readonly __digest: never };

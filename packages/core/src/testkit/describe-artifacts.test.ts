import type { Digest } from "../contracts/digest.js";
import { describeArtifacts } from "./describe-artifacts.js";
import { createMemoryArtifacts } from "./memory-artifacts.js";

describeArtifacts({
  name: "memory",
  create: async () => {
    const bytes = new Map<Digest, Uint8Array>();
    return {
      open: async () => createMemoryArtifacts(bytes),
      damage: async (id) => void (bytes.get(id)![0]! ^= 1),
      count: async () => bytes.size,
      remove: async () => bytes.clear(),
    };
  },
});

import { describeStore } from "./describe-store.js";
import { createMemoryDatabase, createMemoryStore } from "./memory-store.js";

describeStore({
  name: "memory",
  create: async () => {
    const database = createMemoryDatabase();
    return { open: async () => createMemoryStore(database), remove: async () => {} };
  },
});

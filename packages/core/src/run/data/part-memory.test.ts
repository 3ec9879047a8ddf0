import fc from "fast-check";
import { expect, it } from "vitest";
import { partMemory } from "./part-memory.js";

it("lays what a part takes apart, at whole words, and uses its memory again for the next", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(1000), { maxLength: 12 }), { maxLength: 8 }), (parts) => {
      using memory = partMemory();
      for (const part of parts) {
        memory.nextPart();
        const pieces = part.map((bytes, index) => memory.allocate(bytes).fill(index));
        expect(pieces.map(({ byteLength }) => byteLength)).toEqual(part);
        for (const { byteOffset } of pieces) expect(byteOffset % 8).toBe(0);
        pieces.forEach((piece, index) => expect(piece.every((byte) => byte === index)).toBe(true));
      }
    }),
  );
});

it("is one buffer from the second part on, which whoever comes later gets", () => {
  const buffers = (count: number) => {
    using memory = partMemory();
    return Array.from({ length: count }, () => {
      memory.nextPart();
      return new Set([memory.allocate(3_000_001), memory.allocate(17), memory.allocate(5_000_000)].map(({ buffer }) => buffer));
    });
  };
  const [first, second, third] = buffers(3);
  expect(first!.size).toBe(3);
  expect(second!.size).toBe(1);
  expect(third).toEqual(second);
  expect([...buffers(1)[0]!]).toEqual([...second!]);
});

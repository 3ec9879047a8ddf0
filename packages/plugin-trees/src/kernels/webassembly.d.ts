/** The part of WebAssembly that is used here: TypeScript has it in the library of browsers only. */
declare global {
  namespace WebAssembly {
    class Module {
      constructor(bytes: Uint8Array);
    }
    class Instance {
      constructor(module: Module, imports: { readonly env: { readonly memory: Memory } });
      readonly exports: Readonly<Record<string, unknown>>;
    }
    class Memory {
      constructor(options: { readonly initial: number; readonly maximum: number; readonly shared: boolean });
      readonly buffer: ArrayBuffer;
      grow(pages: number): number;
    }
    function validate(bytes: Uint8Array): boolean;
  }
}

export {};

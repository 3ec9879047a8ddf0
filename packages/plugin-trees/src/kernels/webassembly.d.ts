/** The part of WebAssembly that is used here: TypeScript has it in the library of browsers only. */
declare global {
  namespace WebAssembly {
    interface Module {
      readonly [Symbol.toStringTag]: string;
    }
    interface Instance {
      readonly exports: Readonly<Record<string, unknown>>;
    }
    interface Memory {
      readonly buffer: ArrayBuffer;
    }
    const Module: new (bytes: Uint8Array) => Module;
    const Instance: new (module: Module, imports: { readonly env: { readonly memory: Memory } }) => Instance;
    const Memory: new (options: { readonly initial: number; readonly maximum: number; readonly shared: boolean }) => Memory;
    function validate(bytes: Uint8Array): boolean;
  }
}

/** A file with an export is a module, whose declarations are global only where it says so. */
export type Pages = number;

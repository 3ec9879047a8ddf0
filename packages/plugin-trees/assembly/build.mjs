// Compiles the kernels; filled with them.

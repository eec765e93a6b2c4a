// What the modules use beyond the first version of WebAssembly, as Binaryen's tools are told it.
export const FEATURES = ["--enable-bulk-memory", "--enable-sign-ext", "--enable-mutable-globals"];

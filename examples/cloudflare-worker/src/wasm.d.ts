// Wrangler gives a module that is imported as a compiled one.
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

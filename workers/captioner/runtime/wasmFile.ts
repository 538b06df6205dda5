/**
 * `ort-wasm-simd-threaded.wasm` of the onnxruntime-web in package.json: the bundler gives its
 * address but not its size. A test holds these to the installed file.
 */
export const WASM_BYTES = 14_239_897;
export const WASM_SHA256 = '3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2';

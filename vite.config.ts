import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { contentSecurityPolicy, isolationHeaders } from './scripts/lib/headers.mjs';

/**
 * Puts the policy into the built page itself, for hosts that cannot send headers. Not on the
 * dev server, whose hot reload needs inline scripts.
 */
function contentSecurityPolicyMeta(): Plugin {
  return {
    name: 'hanmadi:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/**
 * onnxruntime's own files (`import url from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'`) get
 * a folder of their own, so that the size budget can tell them apart.
 */
function assetFileNames(asset: { names: string[] }): string {
  const isRuntime = asset.names.some((name) => name.startsWith('ort-wasm'));
  return isRuntime ? 'runtime/[name]-[hash][extname]' : 'assets/[name]-[hash][extname]';
}

export default defineConfig({
  base: './', // works under any path of any host
  plugins: [react(), contentSecurityPolicyMeta()],
  resolve: {
    // Without this, the entry that carries `new URL('*.wasm', import.meta.url)` is chosen: Vite
    // would emit a second copy, and threads would start from our worker's chunk.
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  optimizeDeps: {
    exclude: ['onnxruntime-web'],
    // Found only when the worker starts; the dev server would reload the page under it.
    include: ['comlink', 'valibot'],
  },
  worker: {
    format: 'es',
    rolldownOptions: { output: { assetFileNames } },
  },
  build: {
    manifest: true, // scripts/size.mjs reads which chunks the entry imports
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { assetFileNames } },
  },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
});

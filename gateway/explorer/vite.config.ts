import { defineConfig } from 'vite';

export default defineConfig({
  // The hub serves `dist` at its root.
  base: '/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The policy allows images and fonts of the hub, but no worker from a data URL.
    assetsInlineLimit: 0,
    // The polyfill would be an inline script.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // How long each plugin took helps nobody who starts the network.
    rolldownOptions: { checks: { pluginTimings: false } },
    // The editor, its language and its schema: loaded by the explorer alone.
    chunkSizeWarningLimit: 800,
  },
  worker: { format: 'es' },
});

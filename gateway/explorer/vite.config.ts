import { defineConfig, type Plugin } from 'vite';

/**
 * Lets each page take its operations by name. The generated `graphql` looks them up by their text,
 * so that every page would carry the texts of all of them twice.
 */
const nameOperations: Plugin = {
  name: 'name-operations',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/explorer\/(?!generated|node_modules).*\.tsx?$/.test(id)) return undefined;
    const names: string[] = [];
    const named = code.replace(
      /\bgraphql\(`\s*(?:query|mutation) (\w+)[^`]*`\)/g,
      (_text, name: string) => `${names[names.push(name) - 1]}Document`,
    );
    if (names.length === 0) return undefined;
    const imports = names.map((name) => `${name}Document`).join(', ');
    return `import { ${imports} } from '/generated/graphql.ts';\n${named}`;
  },
};

export default defineConfig({
  // The hub serves `dist` at its root.
  base: '/',
  publicDir: false,
  plugins: [nameOperations],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    // From which the build takes the files of the page that works without a connection.
    manifest: true,
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

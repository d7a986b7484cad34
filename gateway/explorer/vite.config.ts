import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const documentsFile = new URL('generated/persisted-documents.json', import.meta.url);

/** The module of each operation: its text, and the id under which the hub knows it. */
function writeOperations(): ReadonlyMap<string, string> {
  const documents = JSON.parse(readFileSync(documentsFile, 'utf8')) as Record<string, string>;
  return new Map(
    Object.entries(documents).map(([hash, text]) => {
      // A field may be called `mutation` too.
      const name = /(?:^|\} )(?:query|mutation) (\w+)/.exec(text)?.[1] ?? '';
      const parts = `new String(${JSON.stringify(text)}), { __meta__: ${JSON.stringify({ hash })} }`;
      return [`operation:${name}`, `export const ${name}Document = Object.assign(${parts});`];
    }),
  );
}

/**
 * Gives each operation to the pages that send it, and no other. The generated `graphql` looks them up
 * by their text, and the generated module has those of all pages.
 */
const splitOperations = (modules = writeOperations()): Plugin => ({
  name: 'split-operations',
  enforce: 'pre',
  resolveId: (id) => (modules.has(id) ? id : undefined),
  load: (id) => modules.get(id),
  transform(code, id) {
    if (!/\/explorer\/(?!node_modules).*\.tsx?$/.test(id)) return undefined;
    const names: string[] = [];
    const named = code
      // A fragment stands in each operation that has it.
      .replaceAll(/\bgraphql\(`\s*fragment [^`]*`\)/g, 'undefined')
      .replace(
        /\bgraphql\(`\s*(?:query|mutation) (\w+)[^`]*`\)/g,
        (_text, name: string) => `${names[names.push(name) - 1]}Document`,
      )
      // It would bring the operations of all pages along.
      .replace(/^import \{ graphql \} from '.*\/generated\/gql\.ts';/m, '')
      .replace(/^import \{([^}]*)\} from '\.\/graphql\.ts';/m, (_text, list: string) => {
        names.push(...[...list.matchAll(/(\w+)Document/g)].map(([, name = '']) => name));
        return '';
      });
    if (names.length === 0) return /^import .*\/gql\.ts';/m.test(code) ? named : undefined;
    const imports = names.map((name) => `import { ${name}Document } from 'operation:${name}';`);
    return `${imports.join('\n')}\n${named}`;
  },
});

/** The editor’s language needs two lists of a package that writes out a whole protocol. */
const protocol = 'vscode-languageserver-types';
const cutProtocol: Plugin = {
  name: 'cut-protocol',
  enforce: 'pre',
  resolveId: (id) => (id === protocol ? `cut:${protocol}` : undefined),
  load: (id) =>
    id === `cut:${protocol}`
      ? `export const InsertTextFormat = { PlainText: 1, Snippet: 2 };
         export const InsertTextMode = { asIs: 1, adjustIndentation: 2 };`
      : undefined,
};

/** One file has one header and compresses better. What is asked for later stays out of them. */
const groups = [
  { name: 'frame', tags: ['$initial' as const], test: /(?<!index\.html|main\.tsx)$/ },
  { name: 'editor', test: /node_modules\/(@codemirror\/(?!search)|@lezer|cm6-graphql|graphql)/ },
];

export default defineConfig({
  // The hub serves `dist` at its root.
  base: '/',
  publicDir: false,
  plugins: [splitOperations(), cutProtocol],
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
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: { codeSplitting: { groups } },
    },
    // The editor, its language and its schema: loaded by the explorer alone.
    chunkSizeWarningLimit: 800,
  },
  worker: { format: 'es' },
});

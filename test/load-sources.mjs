// Plain JavaScript: `node --conditions=hub-source --import ./test/load-sources.mjs FILE.ts` runs sources.
import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const isOwn = (url) => url?.startsWith('file:') && !url.includes('/node_modules/');

/** Node's hook: names of built files lead to their sources. */
export function resolve(name, context, next) {
  if (isOwn(context.parentURL) && /^\.\.?\/.*\.js$/.test(name)) {
    const source = new URL(name.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return next(source.href, context);
  }
  return next(name, context);
}

/** Node's hook: removes the types. */
export async function load(url, context, next) {
  if (!isOwn(url) || !url.endsWith('.ts')) return next(url, context);
  const { default: ts } = await import('typescript');
  const { outputText: source } = ts.transpileModule(readFileSync(fileURLToPath(url), 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      useDefineForClassFields: false,
    },
  });
  return { format: 'module', source, shortCircuit: true };
}

if (isMainThread) register(import.meta.url);

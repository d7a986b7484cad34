// Plain JavaScript: `npm run check` runs it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { isMain, root, tell } from './set-up.mjs';

/** No other file is needed to sort imports, and none of the language’s own. */
const options = {
  allowJs: true,
  jsx: ts.JsxEmit.Preserve,
  noLib: true,
  noResolve: true,
  types: [],
};

/** The formatter decides on spaces, line breaks, quotes and the last commas. */
const withoutLayout = (text) => text.replace(/[\s,'"]/g, '');

const apply = (text, changes) =>
  changes.reduceRight(
    (changed, { span: { start, length }, newText }) =>
      changed.slice(0, start) + newText + changed.slice(start + length),
    text,
  );

/**
 * The files whose imports are not in the order in which editors organise them, each with its sorted text.
 * @param {string} folder
 * @param {readonly string[]} files below it
 * @returns {Map<string, string>} before it is formatted
 */
export function sortImports(folder, files) {
  const texts = new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => files,
    getScriptVersion: () => '',
    getScriptSnapshot: (file) =>
      texts.has(file) ? ts.ScriptSnapshot.fromString(texts.get(file)) : undefined,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: () => '',
    fileExists: (file) => texts.has(file),
    readFile: (file) => texts.get(file),
  });
  const mode = ts.OrganizeImportsMode.SortAndCombine;
  const sorted = new Map();
  for (const fileName of files) {
    const text = texts.get(fileName);
    if (text.includes('// organize-imports-ignore')) continue;
    const [change] = service.organizeImports({ type: 'file', fileName, mode }, {}, {});
    const changed = change && apply(text, change.textChanges);
    if (changed && withoutLayout(changed) !== withoutLayout(text)) sorted.set(fileName, changed);
  }
  return sorted;
}

const isLeft = (path) =>
  /(^|\/)(node_modules|dist|generated)$|^test\/dashboards\/events\.ts$/.test(path);

const listSources = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (isLeft(path)) return [];
    if (entry.isDirectory()) return listSources(path);
    return /\.(ts|tsx|mjs)$/.test(path) ? [path] : [];
  });

if (isMain(import.meta.url)) {
  const unsorted = sortImports(
    root,
    ['gateway', 'shared', 'subgraphs', 'test'].flatMap(listSources),
  );
  const isWritten = process.argv.includes('--write');
  for (const [file, text] of unsorted) {
    if (isWritten) writeFileSync(join(root, file), text);
    tell(file);
  }
  process.exitCode = unsorted.size > 0 && !isWritten ? 1 : 0;
}

// Plain JavaScript: `npm run check` runs it.
import { readdirSync, readFileSync } from 'node:fs';
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
 * The files whose imports are not in the order that `npm run format` gives them. Its plugin sorts
 * the same way, but starts the compiler for each file, which took as long as all other formatting.
 * @param {string} folder
 * @param {readonly string[]} files below it
 */
export function findUnsorted(folder, files) {
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
  return files.filter((fileName) => {
    const text = texts.get(fileName);
    // The plugin leaves such a file as it is.
    if (text.includes('// organize-imports-ignore')) return false;
    const [change] = service.organizeImports({ type: 'file', fileName, mode }, {}, {});
    return change && withoutLayout(apply(text, change.textChanges)) !== withoutLayout(text);
  });
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
  const unsorted = findUnsorted(
    root,
    ['gateway', 'shared', 'subgraphs', 'test'].flatMap(listSources),
  );
  for (const file of unsorted) tell(file);
  process.exitCode = unsorted.length > 0 ? 1 : 0;
}

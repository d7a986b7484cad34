import { basename, dirname, join, normalize } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { listFiles, readFile } from './read-tree.js';

const files = listFiles();
const documents = files.filter((path) => path.endsWith('.md'));
const folders = new Set(files.flatMap(listParents));

function listParents(path: string): string[] {
  const parent = dirname(path);
  return parent === '.' ? [] : [parent, ...listParents(parent)];
}

/** A README, a guide or a decision. */
const isPage = (path: string): boolean =>
  path.endsWith('README.md') || /\/(docs|decisions)\//.test(path);

/** The text without what is code, in which brackets mean something else. */
const withoutCode = (text: string): string =>
  text.replace(/```[^]*?```/g, '').replace(/`[^`\n]*`/g, '`code`');

/** The anchors of a document, as GitHub makes them of headings. */
function listAnchors(path: string): string[] {
  const headings = readFile(path)
    .replace(/```[^]*?```/g, '')
    .match(/^#+ .*$/gm);
  return (headings ?? []).map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function findDeadLinks(path: string): string[] {
  const links = withoutCode(readFile(path)).matchAll(
    /\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)/g,
  );
  return [...links].flatMap(([, target = '', anchor]) => {
    const place = target === '' ? path : normalize(join(dirname(path), target)).replace(/\/$/, '');
    if (!files.includes(place) && !folders.has(place)) return [`${path}: ${target}`];
    if (anchor === undefined || !place.endsWith('.md')) return [];
    return listAnchors(place).includes(anchor.slice(1)) ? [] : [`${path}: ${target}${anchor}`];
  });
}

describe('the documents', () => {
  it('have no link that leads nowhere', () => {
    expect(documents.length).toBeGreaterThan(20);
    expect(documents.flatMap(findDeadLinks)).toEqual([]);
  });

  it('name only files that are there', () => {
    const names = new Set(files.map((path) => basename(path)));
    const missing = documents
      .filter((path) => isPage(path))
      .flatMap((path) =>
        [...readFile(path).matchAll(/`([a-z0-9-]+\.(?:ts|tsx|mjs))`/g)]
          .filter(([, name = '']) => !names.has(name))
          .map(([, name]) => `${path}: ${name}`),
      );
    expect(missing).toEqual([]);
  });

  it('are listed in the index of their folder', () => {
    const indexed = /^(.*\/(?:docs|decisions))\/(?!README\.md)[^/]+\.md$/;
    const missing = documents.filter((path) => {
      const [, folder] = indexed.exec(path) ?? [];
      return (
        folder && !readFile(`${folder}/README.md`).includes(`](${path.slice(folder.length + 1)})`)
      );
    });
    expect(missing).toEqual([]);
  });
});

describe('gateway/docs/architecture.md', () => {
  it('names functions and classes that are exported', () => {
    const sources = files.filter(
      (path) => /^(gateway|shared)\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'),
    );
    const exported = new Set(
      sources.flatMap((path) =>
        [...readFile(path).matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(
          ([, name]) => name,
        ),
      ),
    );
    const named = readFile('gateway/docs/architecture.md')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .flatMap((line) => [...line.matchAll(/`([a-zA-Z]+)`/g)].map(([, found]) => found));
    // Codes are upper case, with an underscore or without.
    const functions = named.filter((name) => !/^[A-Z]+$/.test(name ?? ''));
    expect(functions.length).toBeGreaterThan(30);
    expect(functions.filter((name) => !exported.has(name ?? ''))).toEqual([]);
  });
});

const widest = 100;
const longest = 60;

describe('READMEs, guides and decisions', () => {
  const pages = documents.filter(isPage);

  it('are 100 columns wide, apart from tables, code and links', () => {
    const wide = pages.flatMap((path) =>
      readFile(path)
        .replace(/```[^]*?```/g, (block) => block.replaceAll(/[^\n]/g, ''))
        .split('\n')
        .flatMap((line, index) =>
          /^\||^`[^`]*`$/.test(line) || line.replace(/\]\([^)]*\)/g, ']').length <= widest
            ? []
            : [`${path}:${index + 1}`],
        ),
    );
    expect(wide).toEqual([]);
  });

  it('are READMEs only where a stranger enters', () => {
    // A package, a wing, a room of the kit, a partner, or an index of guides and decisions.
    const entrance =
      /^((gateway|shared|test)\/([\w-]+\/)?|subgraphs\/[\w-]+\/((decisions|seed)\/)?)?README\.md$/;
    // What `partner init` copies.
    const template = 'gateway/cli/init/kind/README.md';
    const readmes = pages.filter((path) => path.endsWith('README.md') && path !== template);
    expect(readmes.filter((path) => !entrance.test(path))).toEqual([]);
  });

  it('have at most 60 lines if they are READMEs, so that they are read', () => {
    const long = pages
      .filter((path) => path.endsWith('README.md'))
      .map((path) => [path, readFile(path).trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > longest);
    expect(long).toEqual([]);
  });
});

describe('what is promised about data protection', () => {
  /** The lines of a page’s tables that have a column `test`, and the files that it links. */
  const readPromises = (path: string) =>
    readFile(path)
      .split('\n\n')
      .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
      .filter(([head]) => head?.split('|').some((cell) => cell.trim() === 'test'))
      .flatMap(([, , ...rows]) => rows)
      .map((line) => ({ line, tests: [...line.matchAll(/\]\(([^)]+\.test\.ts)\)/g)] }));

  it.each(['shared/docs/data-protection.md', 'shared/docs/impact-assessment.md'])(
    'names a test in each line of %s',
    (path) => {
      const promises = readPromises(path);
      expect(promises.length).toBeGreaterThan(9);
      expect(promises.filter(({ tests }) => tests.length === 0)).toEqual([]);
    },
  );
});

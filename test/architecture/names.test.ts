import { describe, expect, it } from 'vitest';
import { listFiles, readFile } from './read-tree.js';

const files = listFiles();
const sources = files.filter((path) => /\.(ts|mjs|cjs)$/.test(path));

describe('the tree', () => {
  it('has at its root what the table of contents says, and nothing else', () => {
    const visible = new Set(
      files.map((path) => path.split('/')[0]).filter((name) => !name?.startsWith('.')),
    );
    const known = [
      'gateway',
      'subgraphs',
      'shared',
      'test',
      'docker-compose.yml',
      'package.json',
      'tsconfig.json',
    ];
    const documents = ['README.md', 'CHANGELOG.md', 'LICENSE', 'package-lock.json'];
    expect([...visible].filter((name) => ![...known, ...documents].includes(name ?? ''))).toEqual(
      [],
    );
  });

  it('has no folder that says nothing', () => {
    const empty = /(^|\/)(src|lib|utils?|helpers?|common|types|misc)\//;
    expect(sources.filter((path) => empty.test(path))).toEqual([]);
  });

  it('has no file that says nothing', () => {
    const words = /(^|[-/.])(manager|helpers?|utils?|data|misc|common)\.ts$/i;
    // A test folder’s given data is called so by the house style.
    expect(
      sources.filter((path) => words.test(path) && !path.startsWith('test/conformance/')),
    ).toEqual([]);
  });

  it('has kebab-case names', () => {
    const name = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$|^\..*/;
    expect(sources.filter((path) => !name.test(path.split('/').at(-1) ?? ''))).toEqual([]);
  });

  it('has no work left for later in it', () => {
    const later = new RegExp(['\\b(TO', 'DO|FIX', 'ME)\\b'].join(''));
    expect(sources.filter((path) => later.test(readFile(path)))).toEqual([]);
  });

  it('tells by its name which end-to-end test starts processes or a browser', () => {
    const starts =
      /from 'node:child_process'|\bstartHub\(|import \{[^}]*\brun(Command|Npm)\b|from '[^']*\/(open-browser|open-hub-of-workers|run-shelters|start-command|clone-copy)\.js'/;
    const tests = sources.filter((path) => /^test\/e2e\/.*\.test\.ts$/.test(path));
    const apart = tests.filter((path) => /\.(process|process\.full|long)\.test\.ts$/.test(path));
    expect(apart.length).toBeGreaterThan(50);
    expect(tests.filter((path) => !apart.includes(path) && starts.test(readFile(path)))).toEqual(
      [],
    );
  });

  it('has no skipped and no lonely tests', () => {
    const tests = sources.filter(
      (path) => path.endsWith('.test.ts') && !path.includes('architecture'),
    );
    expect(
      tests.filter((path) =>
        /(?<!return )\b(it|test|describe)\.(skip|only|todo|fails)\b/.test(readFile(path)),
      ),
    ).toEqual([]);
  });

  it('tells its tests in the present tense', () => {
    const tests = sources.filter(
      (path) => path.endsWith('.test.ts') && !path.includes('architecture'),
    );
    expect(tests.filter((path) => /\bit\(\s*['"`][^'"`]*\bshould\b/.test(readFile(path)))).toEqual(
      [],
    );
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hashCode, watchPages } from './dev.js';

const parts: Readonly<Record<string, readonly string[]>> = {
  hub: ['gateway'],
  nbnp: ['subgraphs', 'subgraphs/nbnp'],
  police: ['subgraphs', 'subgraphs/police'],
};

const code = {
  'gateway/dist/main.js': `import { a } from '@hub/shared/heads'; import './cli/start.js';`,
  'gateway/dist/main.test.js': `import '@hub/shared/testing';`,
  'gateway/dist/cli/start.js': `import '@hub/shared/commands';`,
  'subgraphs/dist/embedded.js': `await import('@hub/shared/partner');`,
  'subgraphs/nbnp/dist/groups/group.js': `import { b } from '@hub/shared/scalars';`,
  'subgraphs/nbnp/dist/testing/open.js': `import '@hub/shared/testing';`,
  'subgraphs/police/dist/officers/officer.js': `import '../main.js';`,
  'subgraphs/police/dist/main.js': '',
  'shared/dist/heads/index.js': `export * from './head.js';`,
  'shared/dist/heads/head.js': `import '../scalars/date.js';`,
  'shared/dist/scalars/index.js': `export { d } from './date.js'; export { t } from './text.js';`,
  'shared/dist/scalars/date.js': `import 'zod';`,
  'shared/dist/scalars/text.js': `export * from './index.js';`,
  'shared/dist/partner/index.js': `fork(new URL('./worker.js', import.meta.url));`,
  'shared/dist/partner/worker.js': '',
  'shared/dist/commands/index.js': '',
  'shared/dist/testing/index.js': '',
};

describe('npm run dev', () => {
  it.each<[string, string[]]>([
    ['gateway/dist/main.js', ['hub']],
    ['gateway/dist/main.test.js', []],
    ['gateway/dist/cli/start.js', []],
    ['subgraphs/dist/embedded.js', ['nbnp', 'police']],
    ['subgraphs/nbnp/dist/groups/group.js', ['nbnp']],
    ['subgraphs/nbnp/dist/testing/open.js', []],
    ['subgraphs/police/dist/officers/officer.js', ['police']],
    ['subgraphs/police/dist/main.js', ['police']],
    ['shared/dist/heads/head.js', ['hub']],
    ['shared/dist/scalars/index.js', ['nbnp']],
    ['shared/dist/scalars/date.js', ['hub', 'nbnp']],
    ['shared/dist/scalars/text.js', ['nbnp']],
    ['shared/dist/partner/worker.js', ['nbnp', 'police']],
    ['shared/dist/commands/index.js', []],
    ['shared/dist/testing/index.js', []],
  ])('a change of %s restarts %j', async (changed, expected) => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-dev-'));
    const write = async (path: string, text: string) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    };
    const hashes = () => Object.keys(parts).map((part) => hashCode(folder, parts[part] ?? []));
    try {
      for (const [path, text] of Object.entries(code)) await write(path, text);
      const before = hashes();
      expect(hashes()).toEqual(before);
      await write(changed, `${code[changed as keyof typeof code]} // changed`);
      const after = hashes();
      expect(Object.keys(parts).filter((_, index) => before[index] !== after[index])).toEqual(
        expected,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

it('builds the pages again after each change of a source, and says how that went', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-watch-pages-'));
  await mkdir(join(folder, 'pages', 'start'), { recursive: true });
  const lines: string[] = [];
  const results = [true, false];
  const watcher = watchPages({
    tell: (line) => lines.push(line),
    folder,
    build: () => Promise.resolve(results.shift() ?? true),
  });
  onTestFinished(async () => {
    watcher.close();
    await rm(folder, { recursive: true });
  });
  const source = join(folder, 'pages', 'start', 'start.tsx');
  await writeFile(source, 'one');
  await expect.poll(() => lines).toContain('dev: the pages are ready, reload them');
  await writeFile(source, 'two');
  await expect.poll(() => lines).toContain('dev: the pages cannot be built');
});

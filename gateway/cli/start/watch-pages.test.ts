import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { watchPages } from './watch-pages.js';

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

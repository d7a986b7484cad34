import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../registry/package-folder.js';
// Vitest runs the module as it is. It has no types.
// @ts-expect-error
import * as written from './extracted-files.mjs';

type Write = (original: string, folder: string, code: string) => string;
const { writeGuide, writeReadme } = written as Readonly<
  Record<'writeGuide' | 'writeReadme', Write>
>;

describe('the guides of a folder that was made for a partner', () => {
  it('have its own name', async () => {
    const home = join(packageFolder, '..', 'subgraphs', 'national-police');
    const texts = await Promise.all(
      ['README.md', join('seed', 'README.md')].map((name) => readFile(join(home, name), 'utf8')),
    );
    const [readme = '', seed = ''] = texts;
    const own = [
      writeReadme(readme, 'national-police', 'pl'),
      writeGuide(seed, 'national-police', 'pl'),
    ];
    for (const text of own)
      expect(text).not.toMatch(
        /--partner|-w subgraphs|backups\/no\.|\(`no`\)|compose exec no|`dk:/,
      );
    expect(own[0]).toContain('npm run backup -- --to backups/pl.backup\n');
    expect(own[0]).toContain('npm run db:migrate\n');
    expect(own.join('\n')).toContain('npm run import -- officers.csv\n');
    expect(own.join('\n')).toContain('npm run import -- officers.csv --dry-run\n');
  });
});

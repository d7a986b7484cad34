import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../registry/package-folder.js';
// Vitest runs the module as it is. It has no types.
// @ts-expect-error
import * as written from './extracted-files.mjs';

type Write = (original: string, folder: string, code: string) => string;
type Package = Readonly<Record<string, Readonly<Record<string, string>>>>;
type Describe = (packages: {
  readonly partner: Package;
  readonly kit: Package;
  readonly root: Package;
  readonly tarball: string;
}) => Package;
const { describePartner } = written as Readonly<Record<'describePartner', Describe>>;
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

describe('the package.json of a folder that was made for a partner', () => {
  const clone = join(packageFolder, '..');
  const read = async (folder: string) =>
    JSON.parse(await readFile(join(clone, folder, 'package.json'), 'utf8')) as Package;

  /** The package of a module: `graphology-metrics/centrality/index.js` is of `graphology-metrics`. */
  const packageOf = (name: string) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;

  it.each(['national-police', 'nbnp', 'ncm-offices'])(
    'names every package that its sources and tests import: %s',
    async (folder) => {
      const home = join(clone, 'subgraphs', folder);
      const paths = await readdir(home, { recursive: true });
      const sources = paths.filter((path) => /^(?!.*(node_modules|dist)\/).*\.ts$/.test(path));
      const texts = await Promise.all(sources.map((path) => readFile(join(home, path), 'utf8')));
      const imported = texts.flatMap((text) =>
        [
          ...text.matchAll(/^(?:import|export|\}) .*?from '([^.'][^']*)'|^import '([^.'][^']*)'/gm),
        ].map(([, from, alone]) => packageOf(from ?? alone ?? '')),
      );
      const used = new Set(imported.filter((name) => !isBuiltin(name)));
      expect([...used]).toEqual(expect.arrayContaining(['typeorm', 'vitest', '@hub/shared']));
      const [partner, kit, root] = await Promise.all(
        [`subgraphs/${folder}`, 'shared', '.'].map(read),
      );
      if (!partner || !kit || !root) throw new Error('A package.json is missing.');
      const { dependencies, devDependencies } = describePartner({
        partner,
        kit: { ...kit, peerDependencies: kit['peerDependencies'] ?? {} },
        root,
        tarball: 'kit.tgz',
      });
      const named = Object.keys({ ...dependencies, ...devDependencies });
      expect([...used].filter((name) => !named.includes(name))).toEqual([]);
    },
  );
});

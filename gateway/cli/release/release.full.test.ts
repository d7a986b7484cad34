import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { version: currentVersion } = JSON.parse(
  readFileSync(join(root, 'gateway/package.json'), 'utf8'),
) as { version: string };
const packages = [
  'gateway',
  'gateway/explorer',
  'shared',
  ...['nbnp', 'ncm-offices', 'national-police'].map((name) => `subgraphs/${name}`),
];
const descriptions = [...packages, 'gateway/cli/init/kind'].map((name) => `${name}/package.json`);
const commands = ['release/release.mjs', 'set-up.mjs', 'hold-lock.mjs'].map(
  (name) => `gateway/cli/${name}`,
);

const changes = `# Changelog

## [Unreleased]

### Added

- A new field.

### Changed

For operators:

- Set \`HUB_NEW\`.

## [0.0.9] - 2020-01-01

- The first.
`;

/** A repository with the package.json files of this clone and a short changelog. */
async function createRepository(changelog = changes) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-release-'));
  for (const file of ['package.json', 'package-lock.json', ...descriptions, ...commands])
    await cp(join(root, file), join(folder, file));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.test', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  write('CHANGELOG.md', changelog);
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'feat: begin');
  return {
    folder,
    write,
    read,
    git,
    release: (...args: string[]) => {
      const command = [join(folder, 'gateway/cli/release/release.mjs'), ...args];
      const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
      return { status, stdout, stderr };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

describe('npm run release', () => {
  it('gives every package the version, here and in the lock file', async () => {
    await using repository = await createRepository();
    expect(repository.release('98.0.0').status).toBe(0);
    interface Description {
      version?: string;
      dependencies?: Record<string, string>;
    }
    const read = (file: string) => JSON.parse(repository.read(file)) as Description;
    const lock = JSON.parse(repository.read('package-lock.json')) as {
      packages: Record<string, Description>;
    };
    for (const name of packages) {
      for (const description of [read(`${name}/package.json`), lock.packages[name]]) {
        expect(description?.version, name).toBe('98.0.0');
        const kit = description?.dependencies?.['@hub/shared'];
        if (name !== 'shared' && name !== 'gateway/explorer') expect(kit, name).toBe('98.0.0');
      }
    }
    expect(read('gateway/cli/init/kind/package.json').dependencies?.['@hub/shared']).toBe('98.0.0');
    // Nothing but versions: as many lines went as came, each with the version.
    const lines = repository.git('diff', '--unified=0', '--', '*.json').split('\n');
    const [came, went] = ['+ ', '- '].map((sign) => lines.filter((line) => line.startsWith(sign)));
    expect(came?.length).toBe(went?.length);
    expect(came?.filter((line) => !line.includes('98.0.0'))).toEqual([]);
  });

  it('dates the changes, and says how to upgrade and what is to do', async () => {
    await using repository = await createRepository();
    const { stdout, stderr } = repository.release('1.98.0');
    const today = new Date().toISOString().slice(0, 10);
    const changelog = repository.read('CHANGELOG.md');
    expect(changelog).toContain(
      `## [Unreleased]\n\n## [1.98.0] - ${today}\n\nUpgrade from ${currentVersion}: `,
    );
    expect(changelog).toMatch(/1\.98\.0[^]*upgrade\.md[^]*A new field\.[^]*HUB_NEW[^]*\[0\.0\.9\]/);
    expect(stdout).toContain('upgrade.md');
    expect(stdout).toContain('- Set `HUB_NEW`.');
    expect(stdout).not.toMatch(/A new field|The first/);
    expect(stderr).toContain('git tag v1.98.0');
    // Once more: the changes are no longer unreleased.
    repository.git('commit', '-qam', 'chore: release 1.98.0');
    expect(repository.release('1.99.0').stderr).toContain('nothing under [Unreleased]');
  });

  it.each([
    ['no version', []],
    ['a word', ['next']],
    ['a beta', ['98.0.0-beta.1']],
    ['the version that it has', [currentVersion]],
    ['an older one', ['0.0.1']],
  ])('refuses %s', async (_name, args) => {
    await using repository = await createRepository();
    expect(repository.release(...args)).toMatchObject({ status: 2, stdout: '' });
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['a change that is not committed', 'Commit or remove your changes first.', changes],
    ['an empty changelog', 'nothing under [Unreleased]', '# Changelog\n\n## [Unreleased]\n'],
    [
      'one with headings alone',
      'nothing under',
      '## [Unreleased]\n\n### Added\n\n## [0.0.9]\n\n- A.\n',
    ],
    ['one without the section', 'has no section', '# Changelog\n\n## [0.0.9]\n\n- A.\n'],
  ])('refuses %s, and writes nothing', async (name, reason, changelog) => {
    await using repository = await createRepository(changelog);
    if (name.startsWith('a change')) repository.write('new.txt', '');
    const before = repository.git('status', '--porcelain');
    expect(repository.release('98.0.0')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining(reason) as string,
    });
    expect(repository.git('status', '--porcelain')).toBe(before);
    expect(existsSync(join(repository.folder, '.data'))).toBe(false);
  });
});

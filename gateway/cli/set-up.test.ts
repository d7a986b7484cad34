import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('.', import.meta.url));
const packageJson = (name: string) =>
  JSON.stringify({ name, version: '1.0.0', private: true, workspaces: ['kit'] });
const packageLock = (name: string) =>
  JSON.stringify({
    name,
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name, version: '1.0.0', workspaces: ['kit'] },
      'node_modules/kit': { resolved: 'kit', link: true },
      kit: { version: '1.0.0' },
    },
  });

/** A clone with the set-up command in it, of which npm installs one workspace and asks nobody. */
async function createClone() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-clone-'));
  await mkdir(join(folder, 'gateway', 'cli'), { recursive: true });
  for (const file of ['set-up.mjs', 'hold-lock.mjs']) {
    cpSync(join(cli, file), join(folder, 'gateway', 'cli', file));
  }
  await mkdir(join(folder, 'kit'));
  writeFileSync(join(folder, 'kit', 'package.json'), '{ "name": "kit", "version": "1.0.0" }');
  writeFileSync(join(folder, 'package.json'), packageJson('a-clone'));
  writeFileSync(join(folder, 'package-lock.json'), packageLock('a-clone'));
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Runs node in a folder: its exit code and what it said. */
function runNode(folder: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: unknown; output: string }>((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, timeout: 60_000 };
    execFile(process.execPath, args, options, (error, out, err) =>
      resolve({ code: error?.code ?? 0, output: out + err }),
    );
  });
}

const setUp = (folder: string, env?: NodeJS.ProcessEnv) =>
  runNode(folder, ['gateway/cli/set-up.mjs', '--no-build'], env);

describe('set-up', () => {
  it('installs once, and again when the lock file has changed', async () => {
    await using clone = await createClone();
    // An npm script of a workspace passes on how it was called; the whole is to be installed all the same.
    const first = await setUp(clone.folder, {
      npm_config_workspace: 'subgraphs/nbnp',
      NODE_ENV: 'production',
    });
    expect(first).toMatchObject({
      code: 0,
      output: expect.stringContaining('Installing') as string,
    });
    expect(await setUp(clone.folder)).toEqual({ code: 0, output: '' });
    writeFileSync(join(clone.folder, 'package.json'), packageJson('a-renamed-clone'));
    writeFileSync(join(clone.folder, 'package-lock.json'), packageLock('a-renamed-clone'));
    expect((await setUp(clone.folder)).output).toContain('Installing');
  });

  it('takes what npm itself has installed', async () => {
    await using clone = await createClone();
    await setUp(clone.folder);
    rmSync(join(clone.folder, 'node_modules', '.hub-installed'));
    expect(await setUp(clone.folder)).toEqual({ code: 0, output: '' });
  });

  it('installs once for commands that start together', async () => {
    await using clone = await createClone();
    const runs = await Promise.all([setUp(clone.folder), setUp(clone.folder), setUp(clone.folder)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(runs.filter(({ output }) => output.includes('Installing'))).toHaveLength(1);
  });

  it('says that the packages cannot be installed, and ends with 1', async () => {
    await using clone = await createClone();
    writeFileSync(
      join(clone.folder, 'package-lock.json'),
      packageLock('x').replace('1.0.0', '2.0.0'),
    );
    writeFileSync(
      join(clone.folder, 'package.json'),
      JSON.stringify({ name: 'x', version: '1.0.0', dependencies: { nowhere: '1.0.0' } }),
    );
    const { code, output } = await setUp(clone.folder);
    expect(code).toBe(1);
    expect(output).toContain('The packages cannot be installed: npm ci ended with 1.');
    expect(output).not.toContain('at async');
  });

  it('says which Node it needs on an older one', async () => {
    await using clone = await createClone();
    const older = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.18.3'})`;
    const { code, output } = await runNode(clone.folder, [
      '--import',
      older,
      'gateway/cli/set-up.mjs',
    ]);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(
        /^This needs Node 20\.19 or newer, and this is 20\.18\.3\./,
      ) as string,
    });
    expect(existsSync(join(clone.folder, 'node_modules'))).toBe(false);
  });
});

describe('holdLock', () => {
  const holder = `
    const { holdLock } = await import('./gateway/cli/hold-lock.mjs');
    const { appendFileSync } = await import('node:fs');
    const release = await holdLock('.data/lock', () => undefined);
    appendFileSync('log', 'in ');
    await new Promise((resolve) => setTimeout(resolve, 50));
    appendFileSync('log', 'out ');
    release();
  `;
  const run = (folder: string) => runNode(folder, ['--input-type=module', '-e', holder]);

  it('lets one in at a time', async () => {
    await using clone = await createClone();
    await Promise.all(Array.from({ length: 5 }, () => run(clone.folder)));
    expect(readFileSync(join(clone.folder, 'log'), 'utf8')).toBe('in out '.repeat(5));
  });

  it('takes over from a process that ended without leaving', async () => {
    await using clone = await createClone();
    const ended = runNode(clone.folder, ['-e', 'console.log(process.pid)']);
    await mkdir(join(clone.folder, '.data'));
    writeFileSync(join(clone.folder, '.data', 'lock'), (await ended).output.trim());
    await Promise.all([run(clone.folder), run(clone.folder), run(clone.folder)]);
    expect(readFileSync(join(clone.folder, 'log'), 'utf8')).toBe('in out '.repeat(3));
  });
});

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createClone,
  describeWorkspaces,
  runNode,
  setUp,
  setUpForTests,
  type Clone,
} from './test-clone.js';

const listInstalled = (folder: string) =>
  ['kit', 'tool'].filter((name) => existsSync(join(folder, 'node_modules', name)));

/** Clones in which what starting, or what tests need was installed. Others are copies of them: npm takes seconds. */
let started: Clone;
let tested: Clone;
const firstOutputs: string[] = [];
beforeAll(async () => {
  started = await createClone();
  tested = await createClone();
  for (const { code, output } of [await setUp(started.folder), await setUpForTests(tested.folder)])
    firstOutputs.push(`${String(code)} ${output}`);
}, 120_000);
afterAll(async () => {
  for (const clone of [started, tested]) await clone[Symbol.asyncDispose]();
});

describe('set-up', () => {
  it('installs once, and again when the lock file has changed', async () => {
    await using clone = await createClone();
    // An npm script of a workspace passes its options on. Everything must be installed
    // nevertheless.
    const first = await setUp(clone.folder, {
      npm_config_workspace: 'subgraphs/nbnp',
      NODE_ENV: 'production',
    });
    expect(first).toMatchObject({
      code: 0,
      output: expect.stringContaining('Installing') as string,
    });
    expect(await setUp(clone.folder)).toEqual({ code: 0, output: '' });
    await clone.setWorkspaces(['kit', 'another']);
    expect((await setUp(clone.folder)).output).toContain('Installing');
  });

  it('installs what starting needs, and adds the rest for tests without removing anything', async () => {
    await using clone = await createClone(started);
    const { folder } = clone;
    const lockFile = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    expect(listInstalled(folder)).toEqual(['kit']);
    // npm ci would empty the folder, which servers that run are using.
    writeFileSync(join(folder, 'node_modules', '.used'), '');
    expect(await setUpForTests(folder)).toMatchObject({
      code: 0,
      output: expect.stringContaining('Installing what tests and checks need.') as string,
    });
    expect(listInstalled(folder)).toEqual(['kit', 'tool']);
    expect(existsSync(join(folder, 'node_modules', '.used'))).toBe(true);
    expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe(lockFile);
    for (const command of [setUp, setUpForTests])
      expect(await command(folder)).toEqual({ code: 0, output: '' });
  });

  it('installs everything for tests at once, and keeps that when the lock file has changed', async () => {
    await using clone = await createClone(tested);
    const { folder } = clone;
    for (const output of firstOutputs) expect(output).toMatch(/^0 Installing the packages\./);
    expect(listInstalled(folder)).toEqual(['kit', 'tool']);
    expect(await setUp(folder)).toEqual({ code: 0, output: '' });
    await clone.setWorkspaces(['kit', 'another']);
    expect((await setUp(folder)).output).toContain('Installing');
    expect(listInstalled(folder)).toEqual(['kit', 'tool']);
    expect(await setUpForTests(folder)).toEqual({ code: 0, output: '' });
  });

  it.each([
    ['for starting', setUp, ['kit']],
    ['for tests', setUpForTests, ['kit', 'tool']],
  ])(
    'installs again %s after an installation that was interrupted',
    async (_name, again, there) => {
      await using clone = await createClone(started);
      const { folder } = clone;
      // While npm runs, there is no stamp; and it may have removed a package.
      rmSync(join(folder, 'node_modules', '.hub-installed'));
      rmSync(join(folder, 'node_modules', 'kit'));
      expect((await again(folder)).output).toContain('Installing the packages.');
      expect(listInstalled(folder)).toEqual(there);
      expect(await again(folder)).toEqual({ code: 0, output: '' });
    },
  );

  it('compiles what a start needs beside the build, and again if that failed', async () => {
    await using clone = await createClone();
    const { folder } = clone;
    const install = `node -e "fs.accessSync('works'); fs.writeFileSync('compiled', '')"`;
    await clone.write('kit/package.json', { name: 'kit', version: '1.0.0', scripts: { install } });
    const failed = await setUp(folder);
    expect(failed.code).toBe(1);
    expect(failed.output).toContain('The packages cannot be installed: npm rebuild ended with 1.');
    await clone.write('kit/works', {});
    expect((await setUp(folder)).output).toContain('Installing the packages.');
    expect(existsSync(join(folder, 'kit', 'compiled'))).toBe(true);
    expect(await setUp(folder)).toEqual({ code: 0, output: '' });
  });

  it('accepts what npm itself has installed', async () => {
    await using clone = await createClone(tested);
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
    const { 'package.json': manifest } = describeWorkspaces(['kit']);
    await clone.write('package.json', { ...manifest, dependencies: { unlocked: '1.0.0' } });
    const { code, output } = await setUp(clone.folder);
    expect(code).toBe(1);
    expect(output).toContain('The packages cannot be installed: npm ci ended with 1.');
    expect(output).not.toContain('at async');
  });

  it('requires a newer Node on an older one', async () => {
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
        /^Node 20\.19 or newer is required\. This is 20\.18\.3\./,
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

  it('lets one process in at a time', async () => {
    await using clone = await createClone();
    await Promise.all(Array.from({ length: 5 }, () => run(clone.folder)));
    expect(readFileSync(join(clone.folder, 'log'), 'utf8')).toBe('in out '.repeat(5));
  });

  it('takes over from a process that ended without releasing the lock', async () => {
    await using clone = await createClone();
    const ended = runNode(clone.folder, ['-e', 'console.log(process.pid)']);
    await mkdir(join(clone.folder, '.data'));
    writeFileSync(join(clone.folder, '.data', 'lock'), (await ended).output.trim());
    await Promise.all([run(clone.folder), run(clone.folder), run(clone.folder)]);
    expect(readFileSync(join(clone.folder, 'log'), 'utf8')).toBe('in out '.repeat(3));
  });
});

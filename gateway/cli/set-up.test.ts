import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('.', import.meta.url));
/** A lock file with workspaces only: npm links them and needs no registry. */
const describeWorkspaces = (workspaces: string[]) => ({
  'package.json': { name: 'a-clone', version: '1.0.0', private: true, workspaces },
  'package-lock.json': {
    name: 'a-clone',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: Object.fromEntries([
      ['', { name: 'a-clone', version: '1.0.0', workspaces }],
      ...workspaces.map(
        (name) => [`node_modules/${name}`, { resolved: name, link: true }] as const,
      ),
      ...workspaces.map((name) => [name, { version: '1.0.0' }] as const),
    ]),
  },
});

/** A clone with the set-up command and one workspace. */
async function createClone() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-clone-'));
  const write = async (path: string, content: object) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), JSON.stringify(content));
  };
  const setWorkspaces = async (workspaces: string[]) => {
    for (const name of workspaces) await write(`${name}/package.json`, { name, version: '1.0.0' });
    for (const [path, content] of Object.entries(describeWorkspaces(workspaces))) {
      await write(path, content);
    }
  };
  for (const file of ['set-up.mjs', 'hold-lock.mjs']) {
    await cp(join(cli, file), join(folder, 'gateway', 'cli', file));
  }
  await setWorkspaces(['kit']);
  return {
    folder,
    write,
    setWorkspaces,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Runs Node in a folder. Returns its exit code and output. */
function runNode(folder: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: unknown; output: string }>((resolve) => {
    // npm must not use a registry: the packages of these clones do not exist there.
    const offline = { npm_config_offline: 'true' };
    const options = { cwd: folder, env: { ...process.env, ...offline, ...env }, timeout: 60_000 };
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

  it('accepts what npm itself has installed', async () => {
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

describe('npm test', () => {
  /** A clone whose build and test runner only say that they ran. */
  async function createTestedClone() {
    const clone = await createClone();
    for (const file of ['test.mjs', 'check.mjs', 'new-commits.mjs'])
      await cp(join(cli, file), join(clone.folder, 'gateway', 'cli', file));
    await setUp(clone.folder);
    const scripts = {
      'node_modules/typescript/bin/tsc': 'console.log("BUILT")',
      'node_modules/vitest/vitest.mjs': 'console.log("TESTED", process.argv.slice(2).join(" "))',
      'gateway/explorer/build.mjs': '',
    };
    for (const [path, text] of Object.entries(scripts)) {
      await mkdir(dirname(join(clone.folder, path)), { recursive: true });
      await writeFile(join(clone.folder, path), text);
    }
    return clone;
  }
  const test = async (clone: { folder: string }, ...args: string[]) =>
    (await runNode(clone.folder, ['gateway/cli/test.mjs', ...args])).output;

  it('runs one file’s tests without a build, which all others get', async () => {
    await using clone = await createTestedClone();
    const one = await test(clone, '--tests-only', 'kit/one.test.ts');
    expect(one).toMatch(/TESTED run --config test\/vitest\.config\.ts kit\/one\.test\.ts/);
    expect(one).not.toContain('BUILT');
    for (const args of [
      ['--tests-only'],
      ['--tests-only', 'kit'],
      ['--tests-only', 'test/e2e/one.test.ts'],
      ['--tests-only', './test/conformance/oracle/oracle.test.ts'],
      ['--long', 'kit/one.long.test.ts'],
    ])
      expect(await test(clone, ...args), args.join(' ')).toContain('BUILT');
  });

  it('leaves what starts processes to --all, and to a path', async () => {
    await using clone = await createTestedClone();
    const alone = '--project=tests --project=emitted';
    expect(await test(clone, '--tests-only')).toContain(alone);
    for (const args of [
      ['--tests-only', '--all'],
      ['--tests-only', 'test/e2e'],
    ])
      expect(await test(clone, ...args), args.join(' ')).not.toContain('--project');
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

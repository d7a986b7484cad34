import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('.', import.meta.url));
/** What only the tests of the clone need. */
const devDependencies = { tool: 'file:tool' };

/** A lock file with folders only: npm links them and needs no registry. */
const describeWorkspaces = (workspaces: string[]) => ({
  'package.json': { name: 'a-clone', version: '1.0.0', private: true, workspaces, devDependencies },
  'package-lock.json': {
    name: 'a-clone',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: Object.fromEntries([
      ['', { name: 'a-clone', version: '1.0.0', workspaces, devDependencies }],
      ['node_modules/tool', { resolved: 'tool', link: true }],
      ['tool', { version: '1.0.0', dev: true }],
      ...workspaces.map(
        (name) => [`node_modules/${name}`, { resolved: name, link: true }] as const,
      ),
      ...workspaces.map((name) => [name, { version: '1.0.0' }] as const),
    ]),
  },
});

/** A clone with the set-up command and one workspace. It has what `template` has installed. */
async function createClone(template?: Clone): Promise<Clone> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-clone-'));
  if (template) await cp(template.folder, folder, { recursive: true, verbatimSymlinks: true });
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
  await write('tool/package.json', { name: 'tool', version: '1.0.0' });
  await setWorkspaces(['kit']);
  return {
    folder,
    write,
    setWorkspaces,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

interface Clone extends AsyncDisposable {
  readonly folder: string;
  write(path: string, content: object): Promise<void>;
  setWorkspaces(workspaces: string[]): Promise<void>;
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
const setUpForTests = (folder: string) =>
  runNode(folder, ['gateway/cli/set-up.mjs', '--no-build', '--for-tests']);
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

describe('npm test', () => {
  /** A clone whose build and test runner only say that they ran. */
  async function createTestedClone(template = tested) {
    const clone = await createClone(template);
    for (const file of ['test.mjs', 'check.mjs', 'new-commits.mjs'])
      await cp(join(cli, file), join(clone.folder, 'gateway', 'cli', file));
    const scripts = {
      'node_modules/typescript/bin/tsc': 'console.log("BUILT", process.argv.slice(2).join(" "))',
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

  it('checks types in its build, which needs packages that a start does not install', async () => {
    await using toStart = await createTestedClone(started);
    const { output } = await runNode(toStart.folder, ['gateway/cli/set-up.mjs']);
    expect(output).toContain('BUILT -b gateway subgraphs --noCheck');
    await using forTests = await createTestedClone();
    expect(await test(forTests, '--tests-only')).toMatch(/^BUILT -b \.$/m);
    const again = await runNode(forTests.folder, ['gateway/cli/set-up.mjs']);
    expect(again.output).toMatch(/^BUILT -b gateway subgraphs$/m);
  });

  it('runs the tests as soon as everything is built, and fails if a check does', async () => {
    await using clone = await createTestedClone();
    const stubs = {
      'typescript/bin/tsc': 'fs.writeFileSync("built", "")',
      'vitest/vitest.mjs': 'fs.accessSync("built"); fs.writeFileSync("tested", "")',
      // It ends only when the tests have run.
      'prettier/bin/prettier.cjs':
        'const timer = setInterval(() => fs.existsSync("tested") && clearInterval(timer), 20)',
      'oxlint/bin/oxlint': 'process.exitCode = 1',
    };
    for (const [path, text] of Object.entries(stubs)) {
      const file = join(clone.folder, 'node_modules', path);
      await mkdir(dirname(file), { recursive: true });
      const fs = path.endsWith('.mjs') ? 'import fs from "fs";' : 'const fs = require("fs");';
      await writeFile(file, `${fs} ${text}`);
    }
    const { code, output } = await runNode(clone.folder, ['gateway/cli/test.mjs']);
    expect(code).toBe(1);
    const [, failed] = /^check: failed: (.*)\n$/m.exec(output.slice(-200)) ?? [];
    expect(failed).toContain('lint');
    expect(failed).not.toContain('types');
    expect(failed).not.toContain('format (');
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

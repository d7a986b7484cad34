import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, createClone, runNode, setUp, setUpForTests, type Clone } from './test-clone.js';

/** Clones in which what starting, or what tests need was installed. Others are copies of them: npm takes seconds. */
let started: Clone;
let tested: Clone;
beforeAll(async () => {
  started = await createClone();
  tested = await createClone();
  await setUp(started.folder);
  await setUpForTests(tested.folder);
}, 120_000);
afterAll(async () => {
  for (const clone of [started, tested]) await clone[Symbol.asyncDispose]();
});

describe('npm test', () => {
  /** A clone whose build and test runner only say that they ran. */
  async function createTestedClone(template = tested) {
    const clone = await createClone(template);
    for (const file of ['test.mjs', 'check.mjs', 'new-commits.mjs'])
      await cp(join(cli, file), join(clone.folder, 'gateway', 'cli', file));
    const scripts = {
      'node_modules/typescript-native/bin/tsc':
        'console.log("BUILT", process.argv.slice(2).join(" "))',
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

  it('leaves out processes without --all, and full tests unless they are named', async () => {
    await using clone = await createTestedClone();
    const run = async (...args: string[]) =>
      (await test(clone, '--tests-only', ...args)).match(
        // Where CI is true, it asks for reports besides.
        /(?<=TESTED run --config ).*?(?= --reporter|$)/m,
      )?.[0];
    const inProcess = 'test/vitest.config.ts --project=tests --project=emitted';
    expect(await run()).toBe(inProcess);
    expect(await run('--all')).toBe(`${inProcess} --project=processes`);
    expect(await run('kit/one.full.test.ts')).toBe('test/vitest.config.ts kit/one.full.test.ts');
    expect(await test(clone, '--long')).toMatch(
      /TESTED run --config test\/vitest\.config\.ts\n[^]*TESTED run --config test\/vitest\.long\.config\.ts\b/,
    );
  });

  it('runs the full tests beside what differs from the branch on the server, or is not committed', async () => {
    await using clone = await createTestedClone();
    const { folder } = clone;
    const git = (...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: folder,
      });
    const files = ['one/a.ts', 'one/a.full.test.ts', 'one/a.process.full.test.ts', 'two/b.ts'];
    for (const file of [...files, 'two/b.full.test.ts', 'three/c.full.test.ts'])
      await clone.write(file, {});
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', 'one', 'two', 'three');
    await git('commit', '--quiet', '--message=first');
    const run = async () =>
      /TESTED run --config \S+ --project=full (.*)/.exec(await test(clone, '--tests-only'))?.[1];
    // What the clone has installed is not committed, and no folder of tests.
    expect(await run()).toBeUndefined();
    await clone.write('two/b.ts', { is: 'changed' });
    expect(await run()).toBe('two/b.full.test.ts');
    await git('branch', 'server');
    await git('branch', '--quiet', '--set-upstream-to=server');
    await clone.write('one/new.ts', {});
    await git('add', 'one');
    await git('commit', '--quiet', '--message=second');
    expect(await run()).toBe('one/a.full.test.ts two/b.full.test.ts');
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
      'typescript-native/bin/tsc': 'fs.writeFileSync("built", "")',
      'vitest/vitest.mjs': 'fs.accessSync("built"); fs.writeFileSync("tested", "")',
      // It ends only when the tests have run.
      'oxfmt/bin/oxfmt':
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

  it('runs a file that failed once more where CI is true, and says what passed only then', async () => {
    await using clone = await createTestedClone();
    const results = 'node_modules/.cache/tests.json';
    const at = (name: string) => join(clone.folder, 'test', name);
    const one = (name: string, status: string) => ({
      fullName: name,
      status,
      failureMessages: ['Why'],
    });
    const failing = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        name: at(`slow-${index}.test.ts`),
        status: 'failed',
        message: '',
        assertionResults: [one('is slow', 'failed'), one('is sound', 'passed')],
      }));
    const first = (count: number) => ({
      numPassedTests: 10,
      numFailedTests: count,
      testResults: [...failing(count), { name: at('sound.test.ts'), status: 'passed' }],
    });
    await mkdir(join(clone.folder, dirname(results)), { recursive: true });
    const run = async (count: number, failsAgain: boolean) => {
      const second = { numPassedTests: failsAgain ? 1 : 2, numFailedTests: failsAgain ? 1 : 0 };
      await writeFile(
        join(clone.folder, 'node_modules/vitest/vitest.mjs'),
        `import { writeFileSync } from 'fs';
        const again = process.argv.includes('--maxWorkers=1');
        console.log(again ? 'AGAIN' : 'FIRST', process.argv.slice(2).join(' '));
        const [result, code] = again
          ? [${JSON.stringify(second)}, ${Number(failsAgain)}]
          : [${JSON.stringify(first(count))}, 1];
        writeFileSync(${JSON.stringify(results)}, JSON.stringify(result));
        process.exitCode = code;`,
      );
      return runNode(clone.folder, ['gateway/cli/test.mjs', '--tests-only'], { CI: 'true' });
    };
    const passed = await run(1, false);
    expect(passed.output).toMatch(
      /^AGAIN run --config test\/vitest\.config\.ts test\/slow-0\.test\.ts /m,
    );
    expect(passed.output).toMatch(/REPEATED: test\/slow-0\.test\.ts: is slow\nWhy/);
    expect(passed.output).toMatch(/^11 passed, 0 failed$/m);
    expect(passed.code).toBe(0);
    const failed = await run(1, true);
    expect(failed.output).toMatch(/^10 passed, 1 failed$/m);
    expect(failed.code).toBe(1);
    const many = await run(6, false);
    expect(many.output).not.toContain('AGAIN');
    expect(many.code).toBe(1);
  });
});

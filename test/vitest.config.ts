import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
// @ts-expect-error: plain JavaScript
import { optimiseLate } from '../gateway/cli/set-up.mjs';

const require = createRequire(import.meta.url);

/** What all runs of the tests have in common. */
export const base = defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: {
    // Vite would resolve `graphql` to its ESM build while the engine requires the CommonJS one; two copies do not mix.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  // Workspace packages run from their sources, so that a test and what it tests share one copy of every class.
  // No other condition: vitest hands them to node too, where `require` would then find ESM builds.
  ssr: { resolve: { conditions: ['hub-source', 'node'] } },
  test: {
    globalSetup: ['test/memory-files.setup.ts', 'shared/testing/postgres.setup.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.long.test.ts'],
    // Tests wait for servers, databases and browsers much of their time: with one worker for each core, cores would be
    // idle.
    maxWorkers: availableParallelism() + 1,
    // In the usual 16 MB, the promises of servers and databases fill the young generation too often: collecting it took
    // a tenth of the CPU.
    // Most code runs some hundred times: compiled at once, without optimising, it takes an eighth less than interpreted.
    execArgv: ['--max-semi-space-size=64', '--always-sparkplug', ...(optimiseLate() as string[])],
    // No test is about its own time, and these machines are shared: what hangs ends, what is slow goes on.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});

const tests = (end: string) => `{gateway,shared,subgraphs,test}/**/*${end}.test.ts`;
/** Whole matrices, races and further walks on roads that others have proved. */
const full = tests('.full');

/** What a partner emits is in the order in which its modules were loaded, so its tests load them. */
const emitted = ['subgraphs/*/schema.test.ts', 'test/contract/contracts.test.ts'];

/** Loading the code takes longer than most tests. So a process loads it once. */
const inProcess = { isolate: false };

/** What starts processes or a browser waits even longer: for reloads and ends of processes. It runs after the others. */
const startingProcesses = {
  isolate: false,
  sequence: { groupOrder: 1 },
  maxWorkers: availableParallelism() + 2,
};

const project = (name: string, include: string[], others: string[], options = {}) => ({
  extends: true as const,
  test: { name, include, exclude: [...(base.test?.exclude ?? []), ...others], ...options },
});

// `gateway/cli/test.mjs` chooses among them.
export default mergeConfig(base, {
  test: {
    // Removing the types of a file took longer than most of its tests. Vitest keeps the result by what is in the file.
    experimental: { fsModuleCache: true, fsModuleCachePath: 'node_modules/.cache/modules' },
    projects: [
      project('tests', [tests('')], [...emitted, tests('.process'), full], inProcess),
      project('emitted', emitted, []),
      project('processes', [tests('.process')], [], startingProcesses),
      project('full', [full], [tests('.process.full')], inProcess),
      project('full processes', [tests('.process.full')], [], startingProcesses),
    ],
  },
});

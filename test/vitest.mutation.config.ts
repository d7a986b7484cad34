import { defineConfig } from 'vitest/config';
import { base } from './vitest.config.js';

/** For `npm run test:mutation`: the tests that `mutation.mjs` names, without the rest of the network. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: (process.env['MUTATION_TESTS'] ?? '').split(' '),
    // The tool’s copy of the code has no built thread to compute in.
    exclude: [...(base.test?.exclude ?? []), 'subgraphs/nbnp/contacts/**'],
    // Each mutant loads the code once, and not once for each file of tests.
    isolate: false,
    // SQLite alone: the same rules hold on PostgreSQL, which would take most of the time.
    globalSetup: [],
    // The tool runs tests in threads, which take no flag of the heap.
    execArgv: [],
  },
});
